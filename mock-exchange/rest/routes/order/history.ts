/**
 * Orders that have ended, newest first. What was filled is kept, what was filled in part a week, and what had no fill a
 * day. It refuses bad parameters with codes of its own, 1810xx.
 */

import { hours } from "../../../../core/units.ts";
import type { Account } from "../../../engine/account.ts";
import { isOpen, type Order } from "../../../engine/orders/order.ts";
import { orderView } from "../../../engine/views/order-view.ts";
import { narrow, type Narrowed } from "../../narrow.ts";
import { ofFilter } from "../../order-filter.ts";
import { page } from "../../page.ts";
import { RetError } from "../../../protocol/ret-codes.ts";
import { route } from "../../route.ts";
import { timeRange } from "../../time-range.ts";

const unfilledKeptMs = hours(24);
const partKeptMs = 7 * hours(24);
const openStatuses = ["New", "PartiallyFilled", "Untriggered"];
const finalStatuses = ["Rejected", "PartiallyFilledCanceled", "Filled", "Cancelled", "Triggered", "Deactivated"];

export default route({
  method: "GET",
  path: "/v5/order/history",
  auth: "private",
  limit: { allowed: 50 },
  handle: ({ query, nowMs }, { engine: { account } }) => {
    const { category, symbol, fits } = narrowed(query, account);
    if (symbol !== "" && account.market.instrument(category, symbol) === undefined)
      throw new RetError(181012, "symbol not exist");
    const status = query.get("orderStatus") ?? "";
    if (openStatuses.includes(status)) throw new RetError(181017, "OrderStatus must be final status");
    if (status !== "" && !finalStatuses.includes(status)) throw new RetError(181005, "orderStatus is wrong");
    if (!/^(-?\d{1,9})?$/.test(query.get("limit") ?? "")) throw new RetError(181011, "limit is not a number");
    const inTime = timeRange(query, nowMs);
    const orderId = query.get("orderId") ?? "";
    const orderLinkId = query.get("orderLinkId") ?? "";
    const shown = account.orders
      .newestFirst()
      .filter((order) => !isOpen(order) && fits(order) && inTime(order.createdMs))
      .filter((order) => order.status === "Filled" || order.updatedMs > nowMs - keptMs(order))
      .filter(ofFilter(query.get("orderFilter") ?? ""))
      .filter((order) => status === "" || order.status === status)
      .filter((order) => orderId === "" || order.orderId === orderId)
      .filter((order) => orderLinkId === "" || order.orderLinkId === orderLinkId);
    const { items, nextPageCursor } = page(shown, {
      ...{ query, defaultLimit: 20, maxLimit: 50, nameOf },
      takenFrom: account.orders.newestFirst(),
    });
    return { list: items.map((order) => orderView(order, account)), nextPageCursor, category };
  },
});

const keptMs = ({ cumExecQty }: Order): number => (cumExecQty.gt(0) ? partKeptMs : unfilledKeptMs);

const nameOf = ({ orderId, createdMs }: Order): string => `${orderId}:${createdMs}`;

function narrowed(query: URLSearchParams, account: Account): Narrowed {
  const category = query.get("category") ?? "";
  if (category === "") throw new RetError(181000, "category is null");
  if (!["linear", "inverse", "spot", "option"].includes(category)) throw new RetError(181001, "category is wrong");
  return narrow(query, account);
}
