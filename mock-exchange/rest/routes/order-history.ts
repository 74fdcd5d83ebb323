/** Orders that have ended, newest first. What was cancelled without a fill is forgotten after a day. */

import { hours } from "../../../core/units.ts";
import { isOpen, type Order } from "../../engine/order.ts";
import { orderView } from "../../engine/views/order-view.ts";
import { narrow } from "../narrow.ts";
import { page } from "../page.ts";
import { RetError } from "../ret-codes.ts";
import { route } from "../route.ts";
import { timeRange } from "../time-range.ts";

const unfilledKeptMs = hours(24);
const categories = ["linear", "inverse", "spot"];
const finalStatuses = ["Rejected", "PartiallyFilledCanceled", "Filled", "Cancelled", "Deactivated"];

export default route({
  method: "GET",
  path: "/v5/order/history",
  auth: "private",
  limit: { allowed: 50 },
  handle: ({ query, nowMs }, { engine: { account } }) => {
    const asked = query.get("category") ?? "";
    if (asked === "") throw new RetError(181000, "category is null");
    if (!categories.includes(asked)) throw new RetError(181001, "category is wrong");
    if (!/^(-?\d{1,9})?$/.test(query.get("limit") ?? "")) throw new RetError(181011, "limit is not a number");
    const { category, symbol, fits } = narrow(query, account);
    if (symbol !== "" && account.market.instrument(category, symbol) === undefined)
      throw new RetError(181012, "symbol not exist");
    const status = query.get("orderStatus") ?? "";
    if (status !== "" && !finalStatuses.includes(status))
      throw new RetError(181017, "OrderStatus must be final status");
    const inTime = timeRange(query, nowMs);
    const orderId = query.get("orderId") ?? "";
    const orderLinkId = query.get("orderLinkId") ?? "";
    const shown = account.orders
      .newestFirst()
      .filter((order) => !isOpen(order) && fits(order) && inTime(order.createdMs))
      .filter((order) => order.cumExecQty.gt(0) || order.updatedMs > nowMs - unfilledKeptMs)
      .filter((order) => status === "" || order.status === status)
      .filter((order) => orderId === "" || order.orderId === orderId)
      .filter((order) => orderLinkId === "" || order.orderLinkId === orderLinkId);
    const { items, nextPageCursor } = page(shown, { query, defaultLimit: 20, maxLimit: 50, nameOf });
    return { list: items.map((order) => orderView(order, account)), nextPageCursor, category };
  },
});

const nameOf = ({ orderId, createdMs }: Order): string => `${orderId}:${createdMs}`;
