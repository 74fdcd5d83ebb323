/** Moves coins between the funding account and the unified trading account. */

import { z } from "zod";
import { transfer } from "../../../engine/transfer.ts";
import * as field from "../../../order-entry/fields.ts";
import { paramsError } from "../../../protocol/ret-codes.ts";
import { Reply, route } from "../../route.ts";

const accountType = z.enum(["UNIFIED", "FUND"]);

const schema = z.object({
  transferId: z.guid(),
  coin: z.string().regex(/^[A-Z0-9]{1,20}$/),
  amount: field.decimal,
  fromAccountType: accountType,
  toAccountType: accountType,
});

export default route({
  method: "POST",
  path: "/v5/asset/transfer/inter-transfer",
  auth: "private",
  limit: { allowed: 60, windowMs: 60_000 },
  deed: "transfer",
  handle: ({ body }, { engine }) =>
    engine.change((account) => {
      const { amount, ...wish } = field.parse(schema, body);
      if (amount === undefined || amount.eq(0)) throw paramsError("amount invalid");
      const { transferId, status } = transfer(account, { ...wish, amount });
      return new Reply({ transferId, status }, "success");
    }),
});
