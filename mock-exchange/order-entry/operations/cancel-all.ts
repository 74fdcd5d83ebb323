/** Cancels all open orders that fit; none is a success, too. By REST only. */

import { z } from "zod";
import { instrumentOf } from "../../engine/account.ts";
import { cancelAll } from "../../engine/orders/cancel-order.ts";
import { narrowingMissing } from "../../protocol/ret-codes.ts";
import * as field from "../fields.ts";
import { single } from "../operation.ts";

const schema = z.object({
  category: field.category,
  symbol: field.text,
  baseCoin: field.text,
  settleCoin: field.text,
  orderFilter: field.text,
  stopOrderType: field.text,
});

export default single({
  op: "order.cancel-all",
  path: "/v5/order/cancel-all",
  streamed: false,
  limit: { allowed: { linear: 10, inverse: 10, spot: 20, option: 1 } },
  run: (body, engine) =>
    engine.change((account) => {
      const { category, symbol, baseCoin, settleCoin, orderFilter, stopOrderType } = field.parse(schema, body);
      if (category !== "spot" && (symbol ?? baseCoin ?? settleCoin) === undefined) throw narrowingMissing();
      const wantsStops = stopOrderType === "Stop" || orderFilter === "StopOrder" || orderFilter === "tpslOrder";
      const orders = cancelAll(account, (order) => {
        const instrument = instrumentOf(account, order.category, order.symbol);
        return (
          order.category === category &&
          (symbol === undefined || order.symbol === symbol) &&
          (baseCoin === undefined || instrument.baseCoin === baseCoin) &&
          (settleCoin === undefined || instrument.settleCoin === settleCoin) &&
          (!wantsStops || order.status === "Untriggered") &&
          (orderFilter !== "Order" || order.status !== "Untriggered")
        );
      });
      return { list: orders.map(({ orderId, orderLinkId }) => ({ orderId, orderLinkId })), success: "1" };
    }),
});
