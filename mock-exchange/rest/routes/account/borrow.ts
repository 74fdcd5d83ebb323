/** Borrows a coin: refused, as `collateral-info` says that no coin can be borrowed. */

import { z } from "zod";
import * as field from "../../../order-entry/fields.ts";
import { paramsError, RetError } from "../../../protocol/ret-codes.ts";
import { route } from "../../route.ts";

const schema = z.object({ coin: z.string().regex(/^[A-Z0-9]{1,20}$/), amount: field.decimal });

export default route({
  method: "POST",
  path: "/v5/account/borrow",
  auth: "private",
  limit: { allowed: 1 },
  deed: "transfer",
  handle: ({ body }) => {
    const { amount } = field.parse(schema, body);
    if (amount === undefined || amount.eq(0)) throw paramsError("amount invalid");
    throw new RetError(176022, "Coins to borrow not generally available yet");
  },
});
