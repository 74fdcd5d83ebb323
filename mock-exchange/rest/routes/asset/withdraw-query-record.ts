/** Withdrawals, newest first. All of them go to a chain. */

import { offsetPage } from "../../offset-page.ts";
import { Reply, route } from "../../route.ts";
import type { Withdrawal } from "../../../engine/account.ts";

export default route({
  method: "GET",
  path: "/v5/asset/withdraw/query-record",
  auth: "private",
  limit: { allowed: 300, windowMs: 60_000 },
  handle: ({ query }, { engine: { account } }) => {
    const [withdrawID = "", coin = "", withdrawType = ""] = ["withdrawID", "coin", "withdrawType"].map(
      (name) => query.get(name) ?? "",
    );
    const all = account.withdrawals
      .newestFirst()
      .filter((row) => withdrawID === "" || row.withdrawId === withdrawID)
      .filter((row) => (coin === "" || row.coin === coin) && withdrawType !== offChain);
    const { items, nextPageCursor } = offsetPage(query, all, { defaultLimit: 50, maxLimit: 50 });
    return new Reply({ rows: items.map(viewOf), nextPageCursor }, "success");
  },
});

const offChain = "1";

const viewOf = (row: Withdrawal): Record<string, unknown> => ({
  coin: row.coin,
  chain: row.chain,
  amount: row.amount,
  txID: "",
  status: "Pending",
  toAddress: row.toAddress,
  tag: row.tag,
  withdrawFee: row.fee,
  createTime: String(row.timeMs),
  updateTime: String(row.timeMs),
  withdrawId: row.withdrawId,
  withdrawType: 0,
  fee: "",
  tax: "",
  taxRate: "",
  taxType: "",
});
