/** Cancels an open order. */

import { z } from "zod";
import { cancelOrder } from "../../engine/orders/cancel-order.ts";
import * as field from "../fields.ts";
import { single } from "../operation.ts";

const schema = z.object({
  category: field.category,
  symbol: field.symbol,
  orderId: field.text,
  orderLinkId: field.text,
});

export default single({
  op: "order.cancel",
  path: "/v5/order/cancel",
  limit: { allowed: { linear: 10, inverse: 10, spot: 20, option: 10 } },
  run: (body, engine) =>
    engine.change((account) => {
      const { orderId, orderLinkId } = cancelOrder(account, field.parse(schema, body));
      return { orderId, orderLinkId };
    }),
});
