/** Changes an open order: price, quantity, trigger, take profit and stop loss. It keeps its id and loses its place. */

import { Big } from "big.js";
import { instrumentOf, type Account } from "../account.ts";
import { plain } from "../decimal.ts";
import { findOrder, type OrderRef } from "./find-order.ts";
import { isAffordable } from "../margin/margin.ts";
import { match } from "./match.ts";
import * as refuse from "./order-errors.ts";
import { isOpen, isResting, leaves, type Order, type Tpsl, type TriggerBy } from "./order.ts";
import * as rules from "./rules.ts";
import { setStatus } from "./finish.ts";

export interface Amendment extends OrderRef {
  qty?: Big;
  price?: Big;
  triggerPrice?: Big;
  triggerBy?: TriggerBy;
  tpsl: Partial<Tpsl>;
}

/** @throws RetError where there is no such open order, nothing would change, or the changed order is refused. */
export function amendOrder(account: Account, amendment: Amendment): Order {
  const order = findOrder(account, amendment);
  if (order === undefined || !isOpen(order)) throw refuse.notAmendable(amendment.category);
  rules.checkIsLive(account, order.category, order.symbol);
  const before = { qty: order.qty, price: order.price, trigger: order.trigger, tpsl: order.tpsl };
  try {
    change(order, amendment);
    check(account, order, before);
  } catch (error) {
    Object.assign(order, before);
    throw error;
  }
  const { orderId, orderLinkId, category, symbol } = order;
  account.journal.write("exchange.amend", {
    ...{ orderId, orderLinkId, category, symbol, qty: plain(order.qty) },
    price: order.price === null ? "" : plain(order.price),
    triggerPrice: order.trigger === null ? "" : plain(order.trigger.price),
  });
  const replaced = isResting(order);
  setStatus(account, order, order.status);
  if (!replaced || (same(order.qty, before.qty) && same(order.price, before.price))) return order;
  account.market.unrest(orderId);
  match(account, order);
  return order;
}

function change(order: Order, amendment: Amendment): void {
  if (amendment.qty !== undefined) order.qty = amendment.qty;
  if (amendment.price !== undefined && order.orderType === "Limit") order.price = amendment.price;
  if (order.trigger !== null && (amendment.triggerPrice !== undefined || amendment.triggerBy !== undefined)) {
    const { price, by, direction } = order.trigger;
    order.trigger = { direction, price: amendment.triggerPrice ?? price, by: amendment.triggerBy ?? by };
  }
  if (Object.keys(amendment.tpsl).length > 0) order.tpsl = { ...order.tpsl, ...amendment.tpsl };
}

type Before = Pick<Order, "qty" | "price" | "trigger" | "tpsl">;

function check(account: Account, order: Order, before: Before): void {
  const unchanged =
    same(order.qty, before.qty) &&
    same(order.price, before.price) &&
    same(order.trigger?.price ?? null, before.trigger?.price ?? null) &&
    order.trigger?.by === before.trigger?.by &&
    sameTpsl(order.tpsl, before.tpsl);
  if (unchanged) throw refuse.notModified();
  const instrument = instrumentOf(account, order.category, order.symbol);
  if (leaves(order).lte(0)) throw refuse.qtyBelowFilled(order.category);
  rules.checkQty(account, order, instrument);
  rules.checkPrice(account, order, instrument);
  if (order.status === "Untriggered") rules.checkTrigger(account, order);
  rules.checkTpsl(account, order);
  if (order.reduceOnly && isResting(order)) {
    const { size } = account.positions.of(order.category, order.symbol, order.positionIdx);
    if (leaves(order).gt(size)) order.qty = order.cumExecQty.plus(size);
  }
  if (isResting(order) && !isAffordable(account, order)) throw refuse.insufficient(order.category);
}

const same = (a: Big | null, b: Big | null): boolean => (a === null || b === null ? a === b : a.eq(b));

const sameTpsl = (a: Tpsl, b: Tpsl): boolean =>
  same(a.takeProfit, b.takeProfit) &&
  same(a.stopLoss, b.stopLoss) &&
  same(a.tpLimitPrice, b.tpLimitPrice) &&
  same(a.slLimitPrice, b.slLimitPrice) &&
  a.tpTriggerBy === b.tpTriggerBy &&
  a.slTriggerBy === b.slTriggerBy &&
  a.mode === b.mode;
