/** Places an order. The reply is only an acknowledgement; the streams report what became of it. */

import { place } from "../../engine/orders/place.ts";
import { single } from "../operation.ts";
import { readOrder } from "../read-order.ts";

export default single({
  op: "order.create",
  path: "/v5/order/create",
  limit: { allowed: { linear: 10, inverse: 10, spot: 20, option: 10 } },
  run: (body, engine) =>
    engine.change((account) => {
      const { orderId, orderLinkId } = place(account, readOrder(body, account));
      return { orderId, orderLinkId };
    }),
});
