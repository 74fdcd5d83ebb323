/** Orders as they stand, newest first: open ones, or by `orderId`/`orderLinkId` whatever became of them. */

import { paramsError } from "../ret-codes.ts";
import { route } from "../route.ts";

const defaultLimit = 20;
const maxLimit = 50;

export default route({
  method: "GET",
  path: "/v5/order/realtime",
  auth: "private",
  handle: ({ query }, { orders }) => {
    const category = query.get("category");
    if (category === null || category === "") throw paramsError("category is required");
    const orderId = query.get("orderId");
    const orderLinkId = query.get("orderLinkId");
    const symbol = query.get("symbol");
    const limit = Math.min(Math.max(Number(query.get("limit") ?? defaultLimit) || defaultLimit, 1), maxLimit);
    const byId = orderId !== null || orderLinkId !== null;
    const list = orders
      .newestFirst()
      .filter((order) => order.category === category)
      .filter((order) => symbol === null || order.symbol === symbol)
      .filter((order) => orderId === null || order.orderId === orderId)
      .filter((order) => orderLinkId === null || order.orderLinkId === orderLinkId)
      .filter((order) => byId || order.orderStatus === "New")
      .slice(0, limit)
      .map(({ category: _category, ...order }) => order);
    return { list, nextPageCursor: "", category };
  },
});
