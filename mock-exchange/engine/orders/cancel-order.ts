/** Cancels at the owner's wish: one order, or all that fit. */

import type { Account } from "../account.ts";
import { findOrder, type OrderRef } from "./find-order.ts";
import { cancel } from "./finish.ts";
import * as refuse from "./order-errors.ts";
import { isOpen, type CancelType, type Order } from "./order.ts";

/** @throws RetError where there is no such open order. */
export function cancelOrder(account: Account, ref: OrderRef): Order {
  const order = findOrder(account, ref);
  if (order === undefined) throw refuse.notCancellable(ref.category);
  if (!isOpen(order)) throw ended(order);
  cancelByUser(account, order);
  return order;
}

export function cancelAll(account: Account, fits: (order: Order) => boolean, cancelType?: CancelType): Order[] {
  const orders = account.orders.open().filter(fits);
  for (const order of orders) {
    if (!isOpen(order)) continue;
    if (cancelType === undefined) cancelByUser(account, order);
    else cancel(account, order, { cancelType });
  }
  return orders;
}

const cancelByUser = (account: Account, order: Order): void =>
  cancel(account, order, { cancelType: "CancelByUser", rejectReason: "EC_PerCancelRequest" });

function ended(order: Order): Error {
  if (order.category !== "spot") return refuse.notCancellable(order.category);
  return order.status === "Filled" ? refuse.spotAlreadyFilled() : refuse.spotAlreadyCancelled();
}
