/** Changes an open order. */

import { Big } from "big.js";
import { z } from "zod";
import { amendOrder } from "../../engine/orders/amend-order.ts";
import type { Tpsl } from "../../engine/orders/order.ts";
import * as field from "../fields.ts";
import { single } from "../operation.ts";

const triggerBy = field.choice(["LastPrice", "IndexPrice", "MarkPrice"]);

const schema = z.object({
  category: field.category,
  symbol: field.symbol,
  orderId: field.text,
  orderLinkId: field.text,
  qty: field.decimal,
  price: field.decimal,
  triggerPrice: field.decimal,
  triggerBy,
  takeProfit: field.decimal,
  stopLoss: field.decimal,
  tpTriggerBy: triggerBy,
  slTriggerBy: triggerBy,
  tpLimitPrice: field.decimal,
  slLimitPrice: field.decimal,
  tpslMode: field.choice(["Full", "Partial"]),
});

export default single({
  op: "order.amend",
  path: "/v5/order/amend",
  limit: { allowed: 10 },
  run: (body, engine) =>
    engine.change((account) => {
      const { category, symbol, orderId, orderLinkId, qty, price, triggerPrice, triggerBy, ...rest } = field.parse(
        schema,
        body,
      );
      const order = amendOrder(account, {
        ...{ category, symbol, orderId, orderLinkId, tpsl: tpslOf(rest) },
        ...(qty === undefined ? {} : { qty }),
        ...(price === undefined ? {} : { price }),
        ...(triggerPrice === undefined ? {} : { triggerPrice }),
        ...(triggerBy === undefined ? {} : { triggerBy }),
      });
      return { orderId: order.orderId, orderLinkId: order.orderLinkId };
    }),
});

/** Only what was given; "0" takes a price away. */
function tpslOf(asked: Partial<z.output<typeof schema>>): Partial<Tpsl> {
  const tpsl: Partial<Tpsl> = {};
  const given = (value: Big | undefined): value is Big => value !== undefined;
  const price = (value: Big): Big | null => (value.eq(0) ? null : value);
  if (given(asked.takeProfit)) tpsl.takeProfit = price(asked.takeProfit);
  if (given(asked.stopLoss)) tpsl.stopLoss = price(asked.stopLoss);
  if (given(asked.tpLimitPrice)) tpsl.tpLimitPrice = price(asked.tpLimitPrice);
  if (given(asked.slLimitPrice)) tpsl.slLimitPrice = price(asked.slLimitPrice);
  if (asked.tpTriggerBy !== undefined) tpsl.tpTriggerBy = asked.tpTriggerBy;
  if (asked.slTriggerBy !== undefined) tpsl.slTriggerBy = asked.slTriggerBy;
  if (asked.tpslMode !== undefined) tpsl.mode = asked.tpslMode;
  else if (tpsl.takeProfit != null || tpsl.stopLoss != null) tpsl.mode = "Full";
  return tpsl;
}
