/** Moves coins between a main account and its sub-accounts: this account has none, so there is nobody to move them to. */

import { z } from "zod";
import * as field from "../../../order-entry/fields.ts";
import { paramsError, RetError } from "../../../protocol/ret-codes.ts";
import { route } from "../../route.ts";

const accountType = z.enum(["UNIFIED", "FUND"]);

const schema = z.object({
  transferId: z.guid(),
  coin: z.string().regex(/^[A-Z0-9]{1,20}$/),
  amount: field.decimal,
  fromMemberId: field.whole,
  toMemberId: field.whole,
  fromAccountType: accountType,
  toAccountType: accountType,
});

export default route({
  method: "POST",
  path: "/v5/asset/transfer/universal-transfer",
  auth: "private",
  limit: { allowed: 5 },
  deed: "transfer",
  handle: ({ body }, { engine: { account } }) => {
    const { amount, fromMemberId, toMemberId } = field.parse(schema, body);
    if (amount === undefined || amount.eq(0)) throw paramsError("amount invalid");
    if (fromMemberId === toMemberId) throw new RetError(131206, "cannot be transfer");
    const stranger = [fromMemberId, toMemberId].find((id) => String(id) !== account.uid);
    throw new RetError(131202, `Invalid memberId: ${stranger ?? ""}`);
  },
});
