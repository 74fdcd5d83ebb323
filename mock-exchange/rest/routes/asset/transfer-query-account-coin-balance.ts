/** What there is of one coin in the unified or the funding account. */

import { coinBalances } from "../../coin-balances.ts";
import { paramsError } from "../../../protocol/ret-codes.ts";
import { Reply, route } from "../../route.ts";

export default route({
  method: "GET",
  path: "/v5/asset/transfer/query-account-coin-balance",
  auth: "private",
  limit: { allowed: 450 },
  handle: ({ query }, { engine: { account } }) => {
    const { accountType, balances } = coinBalances(query, account);
    const [balance] = balances;
    if ((query.get("coin") ?? "") === "" || balance === undefined) throw paramsError("coin invalid");
    // Nothing is held back for a withdrawal's delay or for a loan, so both are what may be transferred.
    const amount = (wanted: string): string => (query.get(wanted) === "1" ? balance.transferBalance : "");
    const safe = {
      transferSafeAmount: amount("withTransferSafeAmount"),
      ltvTransferSafeAmount: amount("withLtvTransferSafeAmount"),
    };
    const ids = { accountId: account.uid, memberId: account.uid };
    const result = { accountType, bizType: 1, ...ids, balance: { ...balance, ...safe } };
    return new Reply(result, "success");
  },
});
