/** What there is of each coin in the unified or the funding account. */

import { coinBalances } from "../../coin-balances.ts";
import { Reply, route } from "../../route.ts";

export default route({
  method: "GET",
  path: "/v5/asset/transfer/query-account-coins-balance",
  auth: "private",
  limit: { allowed: 5 },
  handle: ({ query }, { engine: { account } }) => {
    const { accountType, balances } = coinBalances(query, account);
    const result = { memberId: account.uid, accountType, balance: balances };
    return new Reply(result, "success");
  },
});
