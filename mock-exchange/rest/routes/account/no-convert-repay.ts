/** Repays what was borrowed: nothing ever was. */

import { z } from "zod";
import * as field from "../../../order-entry/fields.ts";
import { RetError } from "../../../protocol/ret-codes.ts";
import { route } from "../../route.ts";

const schema = z.object({
  coin: z.string().regex(/^[A-Z0-9]{1,20}$/),
  amount: field.decimal,
  repaymentType: field.choice(["ALL", "FIXED", "FLEXIBLE"]),
});

export default route({
  method: "POST",
  path: "/v5/account/no-convert-repay",
  auth: "private",
  limit: { allowed: 1 },
  deed: "transfer",
  handle: ({ body }) => {
    field.parse(schema, body);
    throw new RetError(182102, "Failed repayment, there are no liabilities in the current currency");
  },
});
