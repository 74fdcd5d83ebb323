/** The stops that guard a position: made, moved, taken away. Each is a conditional order that can only reduce it. */

import type { Big } from "big.js";
import type { Side } from "../../market/market.ts";
import type { Account } from "../account.ts";
import { cancel } from "../orders/finish.ts";
import { newOrder } from "../orders/new-order.ts";
import type { Order, PositionIdx, StopOrderType, TradedCategory, TriggerBy } from "../orders/order.ts";
import type { Position } from "../position.ts";

export interface Stop {
  kind: "takeProfit" | "stopLoss" | "trailingStop";
  price: Big;
  by: TriggerBy;
  /** Undefined: the whole position, whatever its size is by then. */
  qty?: Big;
  /** A limit order at this price instead of a market order. */
  limitPrice?: Big | null;
}

export interface Guarded {
  category: TradedCategory;
  symbol: string;
  positionIdx: PositionIdx;
  /** The side that is held; the stop trades against it. */
  side: Side;
  /** Of the order that the stop came with. */
  orderLinkId?: string;
}

const names = {
  takeProfit: { full: "TakeProfit", partial: "PartialTakeProfit" },
  stopLoss: { full: "StopLoss", partial: "PartialStopLoss" },
  trailingStop: { full: "TrailingStop", partial: "TrailingStop" },
} as const;

export const opposite = (side: Side): Side => (side === "Buy" ? "Sell" : "Buy");

/** The stop of that kind on the whole position. */
export const wholeStop = (account: Account, position: Position, kind: Stop["kind"]): Order | undefined =>
  account.orders
    .open(position.category, position.symbol)
    .find(
      (order) =>
        order.wholePosition && order.positionIdx === position.positionIdx && order.stopOrderType === names[kind].full,
    );

/** Sets, moves or (with null) takes away the stop on the whole position. Tells whether that changed anything. */
export function setWholeStop(
  account: Account,
  position: Position,
  kind: Stop["kind"],
  stop: Stop | null,
  orderLinkId = "",
): boolean {
  const known = wholeStop(account, position, kind);
  if (stop === null) {
    if (known !== undefined) cancel(account, known, { cancelType: "CancelByTpSlTsClear" });
    return known !== undefined;
  }
  if (position.side === "") return false;
  if (known?.trigger?.price.eq(stop.price) === true && known.trigger.by === stop.by) return false;
  if (known === undefined) addStop(account, { ...position, side: position.side, orderLinkId }, stop, position.size);
  else {
    known.trigger = { price: stop.price, by: stop.by, direction: directionOf(position.side, kind) };
    known.updatedMs = account.now();
    account.outbox.order(known);
  }
  return true;
}

export function addStop(account: Account, guarded: Guarded, stop: Stop, wholeQty: Big): Order {
  const { category, symbol, positionIdx, side, orderLinkId = "" } = guarded;
  const spot = category === "spot";
  const limitPrice = stop.limitPrice ?? null;
  const partial = stop.qty !== undefined;
  const name: StopOrderType = names[stop.kind][partial ? "partial" : "full"];
  return newOrder(account, {
    category,
    symbol,
    positionIdx,
    parentOrderLinkId: orderLinkId,
    side: opposite(side),
    orderType: limitPrice === null ? "Market" : "Limit",
    price: limitPrice,
    qty: stop.qty ?? wholeQty,
    reduceOnly: !spot,
    closeOnTrigger: !spot,
    wholePosition: !partial,
    createType: `CreateBy${name}`,
    stopOrderType: spot ? "tpslOrder" : name,
    trigger: { price: stop.price, by: stop.by, direction: directionOf(side, stop.kind) },
  });
}

/** A long takes profit on the way up; everything else mirrors that. */
const directionOf = (held: Side, kind: Stop["kind"]): 1 | 2 => ((kind === "takeProfit") === (held === "Buy") ? 1 : 2);
