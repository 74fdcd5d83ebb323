/** Makes an order from what was asked, with everything unasked at its resting value, and names it. */

import type { Account } from "../account.ts";
import { zero } from "../decimal.ts";
import { noTpsl, type Order } from "./order.ts";

export type OrderWish = Pick<Order, "category" | "symbol" | "side" | "orderType" | "qty"> & Partial<Order>;

/** An order that nobody knows yet. */
export function draft(account: Account, wish: OrderWish): Order {
  const nowMs = account.now();
  const orderId = wish.category === "spot" ? account.ids.number() : account.ids.uuid();
  // Spot gives every order a link id of its own: the number after the order's.
  const ownLinkId = wish.category === "spot" ? String(BigInt(orderId) + 1n) : "";
  return {
    price: null,
    byQuote: false,
    marketUnit: "",
    timeInForce: wish.orderType === "Market" ? "IOC" : "GTC",
    positionIdx: 0,
    reduceOnly: false,
    closeOnTrigger: false,
    isLeverage: false,
    smpType: "None",
    slippage: null,
    parentOrderLinkId: "",
    createType: "CreateByUser",
    stopOrderType: "",
    wholePosition: false,
    pairedWith: null,
    trigger: null,
    tpsl: noTpsl(),
    status: wish.trigger == null ? "New" : "Untriggered",
    ...wish,
    orderLinkId: wish.orderLinkId === undefined || wish.orderLinkId === "" ? ownLinkId : wish.orderLinkId,
    orderId,
    serial: account.ids.serial(),
    cancelType: "UNKNOWN",
    rejectReason: "EC_NoError",
    cumExecQty: zero,
    cumExecValue: zero,
    fees: new Map(),
    closedPnl: zero,
    lastPriceOnCreated: account.market.quote(wish.category, wish.symbol).last,
    createdMs: nowMs,
    updatedMs: nowMs,
    cancelledFrom: null,
  };
}

/** An order of the exchange's own making, such as a stop: it needs no leave. */
export function newOrder(account: Account, wish: OrderWish): Order {
  const order = draft(account, wish);
  account.orders.add(order);
  account.outbox.order(order);
  if (order.category === "spot") account.outbox.wallet();
  return order;
}
