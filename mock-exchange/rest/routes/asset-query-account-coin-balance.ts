/** What there is of one coin in the unified or the funding account. */

import { coinBalances } from "../coin-balances.ts";
import { paramsError } from "../ret-codes.ts";
import { Reply, route } from "../route.ts";

export default route({
  method: "GET",
  path: "/v5/asset/transfer/query-account-coin-balance",
  auth: "private",
  limit: { allowed: 450 },
  handle: ({ query }, { engine: { account } }) => {
    const { accountType, balances } = coinBalances(query, account);
    const [balance] = balances;
    if ((query.get("coin") ?? "") === "" || balance === undefined) throw paramsError("coin invalid");
    const result = { accountType, bizType: 1, accountId: account.uid, memberId: account.uid, balance };
    return new Reply(result, "success");
  },
});
