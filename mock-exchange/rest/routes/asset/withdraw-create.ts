/** Takes coins out of the exchange; needs a key with the permission to withdraw. */

import { z } from "zod";
import { chainOf } from "../../../engine/orders/chains.ts";
import { withdraw } from "../../../engine/withdrawal.ts";
import * as field from "../../../order-entry/fields.ts";
import { paramsError } from "../../../protocol/ret-codes.ts";
import { Reply, route } from "../../route.ts";

const schema = z.object({
  coin: z.string().regex(/^[A-Z0-9]{1,20}$/),
  chain: field.text,
  address: z.string().min(1).max(256),
  tag: field.text,
  amount: field.decimal,
  timestamp: field.whole,
  forceChain: field.whole,
  accountType: z.enum(["FUND", "UTA"]),
  feeType: field.whole,
  requestId: field.text,
});

export default route({
  method: "POST",
  path: "/v5/asset/withdraw/create",
  auth: "private",
  limit: { allowed: 5 },
  deed: "withdraw",
  handle: ({ body }, { engine }) =>
    engine.change((account) => {
      const { coin, chain, address, tag, amount, timestamp, forceChain, accountType, feeType, requestId } = field.parse(
        schema,
        body,
      );
      if (amount === undefined) throw paramsError("amount invalid");
      if (timestamp === undefined) throw paramsError("timestamp invalid");
      if (chain === undefined ? forceChain !== 2 : chain !== chainOf(coin)) throw paramsError("chain invalid");
      const { withdrawId } = withdraw(account, {
        ...{ coin, chain: chainOf(coin), address, tag: tag ?? "", amount, requestId: requestId ?? "" },
        ...{ from: accountType === "FUND" ? "FUND" : "UNIFIED", feeWithin: feeType === 1 },
      });
      return new Reply({ id: withdrawId }, "success");
    }),
});
