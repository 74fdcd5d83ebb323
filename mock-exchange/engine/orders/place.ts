/**
 * Accepts an order or refuses it. Once accepted it trades at once; the caller's reply says only that it was accepted,
 * and what became of it goes out by the streams (see `outbox.ts`).
 */

import { instrumentOf, type Account } from "../account.ts";
import { plain } from "../decimal.ts";
import { isAffordable } from "../margin/margin.ts";
import { match } from "./match.ts";
import { draft, type OrderWish } from "./new-order.ts";
import { insufficient } from "./order-errors.ts";
import type { Order } from "./order.ts";
import * as rules from "./rules.ts";
import { bandPrice } from "./slippage.ts";

/** @throws RetError where the order is refused: then nothing has happened. */
export function place(account: Account, wish: OrderWish): Order {
  const order = check(account, wish);
  account.outbox.order(order);
  const { orderId, orderLinkId, category, symbol, side, orderType, qty } = order;
  account.journal.write("exchange.order", {
    ...{ orderId, orderLinkId, category, symbol, side, orderType },
    qty: plain(qty),
  });
  if (order.category === "spot") account.outbox.wallet();
  if (order.status !== "Untriggered") match(account, order);
  return order;
}

/** Everything that can be refused; what passes is in the store. */
function check(account: Account, wish: OrderWish): Order {
  const instrument = instrumentOf(account, wish.category, wish.symbol);
  rules.checkIsLive(account, wish.category, wish.symbol);
  rules.checkLinkId(account, wish.category, wish.orderLinkId ?? "");
  const order = draft(account, {
    ...wish,
    reduceOnly: rules.onlyReduces({ positionIdx: 0, reduceOnly: false, ...wish }),
  });
  if (order.orderType === "Market") order.price = bandPrice(account, order);
  rules.checkMode(account, order);
  rules.fitReduceOnly(account, order);
  if (!(order.trigger !== null && order.closeOnTrigger && order.qty.eq(0))) rules.checkQty(account, order, instrument);
  rules.checkPrice(account, order, instrument);
  rules.checkTrigger(account, order);
  rules.checkTpsl(account, order);
  rules.checkCounts(account, order);
  account.orders.add(order);
  if (order.status !== "Untriggered" && !isAffordable(account, order)) {
    account.orders.forget(order);
    throw insufficient(order.category);
  }
  return order;
}
