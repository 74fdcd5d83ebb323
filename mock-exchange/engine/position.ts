/**
 * One position and its arithmetic. It carries its cost exactly and derives the average price from it, never the other
 * way round: what goes in as entry value comes out as entry value, whatever was rounded for display.
 */

import type { Big } from "big.js";
import type { Side } from "../market/market.ts";
import { booked, min, share, zero } from "./decimal.ts";
import type { PositionIdx, TradedCategory } from "./orders/order.ts";

export interface Position {
  readonly category: TradedCategory;
  readonly symbol: string;
  readonly positionIdx: PositionIdx;
  side: Side | "";
  size: Big;
  /** Entry value of what is open, in the settle coin. */
  cost: Big;
  /** Fees paid for opening what is open. */
  openFee: Big;
  /** Realised since the position was last flat, fees and funding included. */
  curRealisedPnl: Big;
  cumRealisedPnl: Big;
  trailingStop: Big;
  /** What its owner added in isolated margin; none in the other modes. */
  addedMargin: Big;
  /** In isolated margin: whether the exchange adds margin before it liquidates. */
  addsMargin: boolean;
  /** Of its newest fill; -1 where it never had one. */
  seq: number;
  createdMs: number;
  updatedMs: number;
  openMs: number;
}

export interface PositionChange {
  closedQty: Big;
  /** Entry value, exit value and fees of what was closed. */
  entryValue: Big;
  exitValue: Big;
  openFee: Big;
  closeFee: Big;
  /** Price difference only, without fees. */
  pnl: Big;
}

export interface PositionFill {
  side: Side;
  price: Big;
  qty: Big;
  fee: Big;
  timeMs: number;
  seq: number;
}

export const flatPosition = (category: TradedCategory, symbol: string, positionIdx: PositionIdx): Position => ({
  category,
  symbol,
  positionIdx,
  side: "",
  size: zero,
  cost: zero,
  openFee: zero,
  curRealisedPnl: zero,
  cumRealisedPnl: zero,
  trailingStop: zero,
  addedMargin: zero,
  addsMargin: false,
  seq: -1,
  createdMs: 0,
  updatedMs: 0,
  openMs: 0,
});

/** The value of contracts in the settle coin: an inverse contract is one dollar's worth of coin. */
export const valueOf = (category: TradedCategory, price: Big, qty: Big): Big =>
  category === "inverse" ? booked(qty.div(price)) : price.times(qty);

export const averagePrice = ({ category, cost, size }: Position): Big =>
  size.eq(0) || cost.eq(0) ? zero : booked(category === "inverse" ? size.div(cost) : cost.div(size));

/** What closing at a value would earn on an entry value: long and short, linear and inverse mirror each other. */
export const pnlOf = (category: TradedCategory, side: Side | "", entryValue: Big, exitValue: Big): Big =>
  (category === "inverse") === (side === "Buy") ? entryValue.minus(exitValue) : exitValue.minus(entryValue);

export const unrealisedPnl = (position: Position, markPrice: Big): Big =>
  position.size.eq(0)
    ? zero
    : pnlOf(position.category, position.side, position.cost, valueOf(position.category, markPrice, position.size));

/** Closes against the fill first, then opens with what is left of it. */
export function applyFill(position: Position, fill: PositionFill): PositionChange {
  const closing = position.side !== "" && position.side !== fill.side;
  const closedQty = closing ? min(position.size, fill.qty) : zero;
  const change = closedQty.gt(0) ? close(position, fill, closedQty) : nothingClosed;
  const openedQty = fill.qty.minus(closedQty);
  if (openedQty.gt(0)) open(position, fill, openedQty, fill.fee.minus(change.closeFee));
  const realised = change.pnl.minus(fill.fee);
  position.curRealisedPnl = position.curRealisedPnl.plus(realised);
  position.cumRealisedPnl = position.cumRealisedPnl.plus(realised);
  position.updatedMs = fill.timeMs;
  position.seq = fill.seq;
  return change;
}

const nothingClosed: PositionChange = {
  closedQty: zero,
  entryValue: zero,
  exitValue: zero,
  openFee: zero,
  closeFee: zero,
  pnl: zero,
};

function close(position: Position, fill: PositionFill, closedQty: Big): PositionChange {
  const entryValue = share(position.cost, closedQty, position.size);
  const openFee = share(position.openFee, closedQty, position.size);
  const closeFee = share(fill.fee, closedQty, fill.qty);
  position.addedMargin = position.addedMargin.minus(share(position.addedMargin, closedQty, position.size));
  const exitValue = valueOf(position.category, fill.price, closedQty);
  const pnl = pnlOf(position.category, position.side, entryValue, exitValue);
  position.size = position.size.minus(closedQty);
  position.cost = position.cost.minus(entryValue);
  position.openFee = position.openFee.minus(openFee);
  if (position.size.eq(0)) position.side = "";
  return { closedQty, entryValue, exitValue, openFee, closeFee, pnl };
}

function open(position: Position, fill: PositionFill, qty: Big, fee: Big): void {
  if (position.side === "") {
    position.side = fill.side;
    position.openMs = fill.timeMs;
    position.curRealisedPnl = zero;
    if (position.createdMs === 0) position.createdMs = fill.timeMs;
  }
  position.size = position.size.plus(qty);
  position.cost = position.cost.plus(valueOf(position.category, fill.price, qty));
  position.openFee = position.openFee.plus(fee);
}
