/** Fills and funding payments, newest first. */

import type { Execution } from "../../../engine/execution.ts";
import { executionView } from "../../../engine/views/execution-view.ts";
import { narrow } from "../../narrow.ts";
import { page } from "../../page.ts";
import { route } from "../../route.ts";
import { timeRange } from "../../time-range.ts";

export default route({
  method: "GET",
  path: "/v5/execution/list",
  auth: "private",
  limit: { allowed: 50 },
  handle: ({ query, nowMs }, { engine: { account } }) => {
    const { category, fits } = narrow(query, account);
    const inTime = timeRange(query, nowMs);
    const [orderId = "", orderLinkId = "", execType = ""] = ["orderId", "orderLinkId", "execType"].map(
      (name) => query.get(name) ?? "",
    );
    const shown = account.executions
      .newestFirst()
      .filter((execution) => fits(execution) && inTime(execution.timeMs))
      .filter((execution) => orderId === "" || execution.orderId === orderId)
      .filter((execution) => orderLinkId === "" || execution.orderLinkId === orderLinkId)
      .filter((execution) => execType === "" || execution.execType === execType);
    const nameOf = ({ serial }: Execution): string => `${serial}:2`;
    const { items, nextPageCursor } = page(shown, { query, defaultLimit: 50, maxLimit: 100, nameOf });
    return { nextPageCursor, category, list: items.map((execution) => executionView(execution, account)) };
  },
});
