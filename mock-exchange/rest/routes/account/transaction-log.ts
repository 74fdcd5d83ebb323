/** Every change of a balance, newest first. */

import { transactionView } from "../../../engine/views/transaction-view.ts";
import type { Transaction } from "../../../engine/wallet.ts";
import { page } from "../../page.ts";
import { route } from "../../route.ts";
import { timeRange } from "../../time-range.ts";

export default route({
  method: "GET",
  path: "/v5/account/transaction-log",
  auth: "private",
  limit: { allowed: 25 },
  handle: ({ query, nowMs }, { engine: { account } }) => {
    const inTime = timeRange(query, nowMs);
    const [category = "", currency = "", type = "", baseCoin = ""] = ["category", "currency", "type", "baseCoin"].map(
      (name) => query.get(name) ?? "",
    );
    const rows = account.wallet
      .newestFirst()
      .filter((row) => inTime(row.timeMs))
      .filter((row) => category === "" || row.category === category)
      .filter((row) => currency === "" || row.coin === currency)
      .filter((row) => type === "" || row.type === type)
      .filter((row) => baseCoin === "" || row.symbol.startsWith(baseCoin));
    const nameOf = ({ serial }: Transaction): string => `${serial}:2`;
    const { items, nextPageCursor } = page(rows, { query, defaultLimit: 20, maxLimit: 50, nameOf });
    return { nextPageCursor, list: items.map(transactionView) };
  },
});
