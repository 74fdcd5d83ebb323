/**
 * Orders as they stand, by the time they were created, newest first: open ones, or by `orderId`/`orderLinkId` whatever
 * became of them.
 */

import { isOpen, type Order } from "../../../engine/orders/order.ts";
import { orderView } from "../../../engine/views/order-view.ts";
import { narrow } from "../../narrow.ts";
import { ofFilter } from "../../order-filter.ts";
import { page } from "../../page.ts";
import { route } from "../../route.ts";

/** With `openOnly=1` this many closed orders stand among the open ones. */
const recentlyClosed = 500;

export default route({
  method: "GET",
  path: "/v5/order/realtime",
  auth: "private",
  limit: { allowed: 50 },
  handle: ({ query }, { engine: { account } }) => {
    const orderId = query.get("orderId") ?? "";
    const orderLinkId = query.get("orderLinkId") ?? "";
    const byId = orderId !== "" || orderLinkId !== "";
    const { category, fits } = narrow(query, account, { must: !byId });
    const filter = query.get("orderFilter") ?? "";
    const wanted = byId ? named(orderId, orderLinkId) : ofFilter(filter);
    const all = account.orders.newestFirst().filter((order) => fits(order) && wanted(order));
    const closed = new Set(all.filter((order) => !isOpen(order)).slice(0, recentlyClosed));
    const shown = byId
      ? all
      : query.get("openOnly") === "1"
        ? all.filter((order) => isOpen(order) || closed.has(order))
        : all.filter(isOpen);
    const { items, nextPageCursor } = page(shown, {
      ...{ query, defaultLimit: 20, maxLimit: 50, nameOf },
      takenFrom: account.orders.newestFirst(),
    });
    return { list: items.map((order) => orderView(order, account)), nextPageCursor, category };
  },
});

const nameOf = ({ orderId, createdMs }: Order): string => `${orderId}:${createdMs}`;

const named =
  (orderId: string, orderLinkId: string) =>
  (order: Order): boolean =>
    (orderId === "" || order.orderId === orderId) && (orderLinkId === "" || order.orderLinkId === orderLinkId);
