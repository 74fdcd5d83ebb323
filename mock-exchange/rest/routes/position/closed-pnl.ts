/** What closed positions earned, one row per closing order, newest first. */

import { closedPnlView } from "../../../engine/views/closed-pnl-view.ts";
import type { ClosedPnl } from "../../../engine/closed-pnl.ts";
import { narrow } from "../../narrow.ts";
import { page } from "../../page.ts";
import { illegalCategory } from "../../../protocol/ret-codes.ts";
import { route } from "../../route.ts";
import { timeRange } from "../../time-range.ts";

export default route({
  method: "GET",
  path: "/v5/position/closed-pnl",
  auth: "private",
  limit: { allowed: 50 },
  handle: ({ query, nowMs }, { engine: { account } }) => {
    const { category, fits } = narrow(query, account);
    if (category === "spot") throw illegalCategory();
    const inTime = timeRange(query, nowMs);
    const rows = account.closedPnl.newestFirst().filter((row) => fits(row) && inTime(row.createdMs));
    const nameOf = ({ orderId, createdMs }: ClosedPnl): string => `${orderId}:${createdMs}`;
    const { items, nextPageCursor } = page(rows, { query, defaultLimit: 50, maxLimit: 100, nameOf });
    return { nextPageCursor, category, list: items.map((row) => closedPnlView(row, account)) };
  },
});
