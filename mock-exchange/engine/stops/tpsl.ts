/** Turns the take profit and stop loss that came with an order into stops, once its fills have made a position. */

import type { Big } from "big.js";
import { instrumentOf, type Account } from "../account.ts";
import { floorTo, zero } from "../decimal.ts";
import { isOpen, type Order } from "../orders/order.ts";
import { addStop, setWholeStop, type Stop } from "./stops.ts";

export function attachTpsl(account: Account, order: Order): void {
  const { takeProfit, stopLoss } = order.tpsl;
  if (takeProfit === null && stopLoss === null) return;
  if (order.category === "spot" || order.tpsl.mode === "Partial") attachToFills(account, order);
  else attachToPosition(account, order);
}

function attachToPosition(account: Account, order: Order): void {
  const position = account.positions.of(order.category, order.symbol, order.positionIdx);
  if (position.side !== order.side) return;
  for (const stop of stopsOf(order)) setWholeStop(account, position, stop.kind, stop, order.orderLinkId);
}

/** On what this order filled, when it fills no more: the two halves cancel each other. */
function attachToFills(account: Account, order: Order): void {
  if (isOpen(order)) return;
  const qty = filledQty(account, order);
  if (qty.eq(0)) return;
  const [first, second] = stopsOf(order).map((stop) => addStop(account, order, { ...stop, qty }, qty));
  if (first === undefined || second === undefined) return;
  first.pairedWith = second.orderId;
  second.pairedWith = first.orderId;
}

/** Spot holds what it bought less the fee, in whole steps. */
function filledQty(account: Account, order: Order): Big {
  if (order.category !== "spot") return order.cumExecQty;
  const { baseCoin, qtyStep } = instrumentOf(account, order.category, order.symbol);
  return floorTo(order.cumExecQty.minus(order.fees.get(baseCoin) ?? zero), qtyStep);
}

function stopsOf({ tpsl }: Order): Stop[] {
  const stops: Stop[] = [];
  if (tpsl.takeProfit !== null)
    stops.push({ kind: "takeProfit", price: tpsl.takeProfit, by: tpsl.tpTriggerBy, limitPrice: tpsl.tpLimitPrice });
  if (tpsl.stopLoss !== null)
    stops.push({ kind: "stopLoss", price: tpsl.stopLoss, by: tpsl.slTriggerBy, limitPrice: tpsl.slLimitPrice });
  return stops;
}
