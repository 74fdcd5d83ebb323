/** The ways an order changes its status, so that store, market, journal and streams never disagree about it. */

import type { Account } from "../account.ts";
import { isOpen, isResting, leaves, type CancelType, type Order, type OrderStatus } from "./order.ts";

export function setStatus(account: Account, order: Order, status: OrderStatus): void {
  order.status = status;
  order.updatedMs = Math.max(order.updatedMs, account.now());
  account.orders.changed(order);
  account.outbox.order(order);
  // Resting spot orders lock coins, so the wallet changes with them.
  if (order.category === "spot") account.outbox.wallet();
}

/** Puts the order's rest into the market's book. */
export function rest(account: Account, order: Order): void {
  if (order.price === null) throw new Error(`Order ${order.orderId} cannot rest without a price.`);
  setStatus(account, order, order.cumExecQty.gt(0) ? "PartiallyFilled" : "New");
  const { orderId, category, symbol, side, price } = order;
  account.market.rest({ id: orderId, category, symbol, side, price, qty: leaves(order) });
}

export interface Ending {
  cancelType?: CancelType;
  rejectReason?: string;
  status?: OrderStatus;
}

/** Ends an order that is not filled to the end. */
export function cancel(account: Account, order: Order, ending: Ending = {}): void {
  if (isResting(order)) account.market.unrest(order.orderId);
  if (isOpen(order)) order.cancelledFrom = { status: order.status, updatedMs: order.updatedMs };
  order.cancelType = ending.cancelType ?? "UNKNOWN";
  order.rejectReason = ending.rejectReason ?? "EC_NoError";
  const status = ending.status ?? cancelledStatus(order);
  setStatus(account, order, status);
  const { orderId, orderLinkId, category, symbol, cancelType, rejectReason } = order;
  account.journal.write("exchange.cancel", {
    orderId,
    orderLinkId,
    category,
    symbol,
    status,
    cancelType,
    rejectReason,
  });
}

/** Only spot tells a partly filled order's end apart; a stop that never fired is deactivated. */
function cancelledStatus(order: Order): OrderStatus {
  if (order.status === "Untriggered") return "Deactivated";
  return order.category === "spot" && order.cumExecQty.gt(0) ? "PartiallyFilledCanceled" : "Cancelled";
}
