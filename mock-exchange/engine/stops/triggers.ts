/** Watches prices for conditional orders: moves trailing stops, fires what was reached. */

import type { Big } from "big.js";
import type { Quote } from "../../market/market.ts";
import type { Account } from "../account.ts";
import { min } from "../decimal.ts";
import { cancel } from "../orders/finish.ts";
import { isAffordable } from "../margin/margin.ts";
import { match } from "../orders/match.ts";
import { isOpen, type Order, type TradedCategory, type TriggerBy } from "../orders/order.ts";
import { bandPrice } from "../orders/slippage.ts";

export const priceOf = (quote: Quote, by: TriggerBy): Big =>
  by === "LastPrice" ? quote.last : by === "MarkPrice" ? quote.mark : quote.index;

export function checkTriggers(account: Account, category: TradedCategory, symbol: string): void {
  const waiting = account.orders.untriggered(category, symbol);
  if (waiting.length === 0) return;
  const quote = account.market.quote(category, symbol);
  for (const order of waiting) {
    if (order.trigger === null || order.status !== "Untriggered") continue;
    const price = priceOf(quote, order.trigger.by);
    if (order.stopOrderType === "TrailingStop") trail(account, order, price);
    const { direction } = order.trigger;
    if (direction === 1 ? price.gte(order.trigger.price) : price.lte(order.trigger.price)) fire(account, order);
  }
}

/** The trigger follows the price at the set distance while the price runs in the position's favour. */
function trail(account: Account, order: Order, price: Big): void {
  if (order.trigger === null) return;
  const { trailingStop } = account.positions.of(order.category, order.symbol, order.positionIdx);
  const sells = order.side === "Sell";
  const behind = sells ? price.minus(trailingStop) : price.plus(trailingStop);
  if (sells ? behind.gt(order.trigger.price) : behind.lt(order.trigger.price)) {
    order.trigger = { ...order.trigger, price: behind };
  }
}

function fire(account: Account, order: Order): void {
  order.status = "Triggered";
  order.updatedMs = account.now();
  account.orders.changed(order);
  account.outbox.passing(order);
  const { orderId, orderLinkId, category, symbol } = order;
  const price = order.trigger?.price.toFixed() ?? "";
  account.journal.write("exchange.trigger", { orderId, orderLinkId, category, symbol, price });
  cancelPair(account, order);
  if (order.reduceOnly && !fitToPosition(account, order)) {
    cancel(account, order, { cancelType: "CancelByReduceOnly", status: "Cancelled" });
    return;
  }
  if (order.orderType === "Market" && category !== "spot") order.price = bandPrice(account, order);
  order.status = "New";
  account.orders.changed(order);
  if (isAffordable(account, order)) match(account, order);
  else cancel(account, order, { rejectReason: "EC_Others", status: "Rejected" });
}

function cancelPair(account: Account, order: Order): void {
  const pair = order.pairedWith === null ? undefined : account.orders.byId(order.pairedWith);
  if (pair === undefined || !isOpen(pair)) return;
  const tookProfit = order.createType.endsWith("TakeProfit");
  cancel(account, pair, {
    cancelType: tookProfit ? "CancelByOCOSlCanceledByTpTriggered" : "CancelByOCOTpCanceledBySlTriggered",
  });
}

/** False where there is nothing to close any more. */
function fitToPosition(account: Account, order: Order): boolean {
  const position = account.positions.of(order.category, order.symbol, order.positionIdx);
  if (position.side === "" || position.side === order.side) return false;
  order.qty = order.wholePosition || order.qty.eq(0) ? position.size : min(order.qty, position.size);
  return true;
}
