/** Sets take profit, stop loss and trailing stop of a position that is open. */

import { Big } from "big.js";
import { paramsError, RetError } from "../../protocol/ret-codes.ts";
import { instrumentOf, type Account } from "../account.ts";
import { min } from "../decimal.ts";
import { wrongStop } from "../orders/order-errors.ts";
import type { PositionIdx, TpslMode, TradedCategory, TriggerBy } from "../orders/order.ts";
import type { Position } from "../position.ts";
import { addStop, setWholeStop, wholeStop, type Stop } from "./stops.ts";
import { priceOf } from "./triggers.ts";

export interface StopWish {
  category: TradedCategory;
  symbol: string;
  positionIdx: PositionIdx;
  mode: TpslMode;
  /** Zero takes it away, undefined leaves it as it is. */
  takeProfit?: Big | undefined;
  stopLoss?: Big | undefined;
  trailingStop?: Big | undefined;
  activePrice?: Big | undefined;
  tpTriggerBy: TriggerBy;
  slTriggerBy: TriggerBy;
  tpSize?: Big | undefined;
  slSize?: Big | undefined;
  tpLimitPrice?: Big | undefined;
  slLimitPrice?: Big | undefined;
}

const maxPartial = 20;

/** @throws RetError where the position is flat, a price is on its wrong side, or nothing would change. */
export function tradingStop(account: Account, wish: StopWish): void {
  const position = account.positions.of(wish.category, wish.symbol, wish.positionIdx);
  if (position.side === "") throw new RetError(10001, "can not set tp/sl/ts for zero position");
  checkPrices(account, position, wish);
  const changes = wish.mode === "Partial" ? [setPartial(account, position, wish)] : setFull(account, position, wish);
  changes.push(setTrailing(account, position, wish));
  if (!changes.some(Boolean)) throw new RetError(34040, "not modified");
  position.updatedMs = account.now();
  account.outbox.position(wish.category, wish.symbol);
}

function checkPrices(account: Account, { side }: Position, wish: StopWish): void {
  if (side === "") return;
  const { mode } = wish;
  const instrument = instrumentOf(account, wish.category, wish.symbol);
  const quote = account.market.quote(wish.category, wish.symbol);
  const longs = side === "Buy";
  for (const [what, price, by] of [
    ["TakeProfit", wish.takeProfit, wish.tpTriggerBy],
    ["StopLoss", wish.stopLoss, wish.slTriggerBy],
  ] as const) {
    if (price === undefined || price.eq(0)) continue;
    const current = priceOf(quote, by);
    const above = (what === "TakeProfit") === longs;
    if (above ? price.lte(current) : price.gte(current))
      throw wrongStop({ instrument, price, current, by }, { what, side, mode });
  }
}

function setFull(account: Account, position: Position, wish: StopWish): boolean[] {
  const set = (kind: "takeProfit" | "stopLoss", price: Big | undefined, by: TriggerBy): boolean =>
    price !== undefined && setWholeStop(account, position, kind, price.eq(0) ? null : { kind, price, by });
  return [set("takeProfit", wish.takeProfit, wish.tpTriggerBy), set("stopLoss", wish.stopLoss, wish.slTriggerBy)];
}

function setPartial(account: Account, position: Position, wish: StopWish): boolean {
  const stops: Stop[] = [];
  const add = (kind: Stop["kind"], price?: Big, by: TriggerBy = "LastPrice", size?: Big, limitPrice?: Big): void => {
    if (price === undefined || price.eq(0)) return;
    if (size === undefined || size.eq(0)) throw paramsError(`${kind === "takeProfit" ? "tpSize" : "slSize"} invalid`);
    stops.push({ kind, price, by, qty: min(size, position.size), limitPrice: limitPrice ?? null });
  };
  add("takeProfit", wish.takeProfit, wish.tpTriggerBy, wish.tpSize, wish.tpLimitPrice);
  add("stopLoss", wish.stopLoss, wish.slTriggerBy, wish.slSize, wish.slLimitPrice);
  const waiting = account.orders.untriggered(position.category, position.symbol);
  if (waiting.filter(({ stopOrderType }) => stopOrderType.startsWith("Partial")).length + stops.length > maxPartial) {
    throw new RetError(110061, "The number of partial TP/SL orders exceeds the maximum allowable limit");
  }
  const side = position.side === "" ? "Buy" : position.side;
  const [first, second] = stops.map((stop) => addStop(account, { ...position, side }, stop, position.size));
  if (first !== undefined && second !== undefined) {
    first.pairedWith = second.orderId;
    second.pairedWith = first.orderId;
  }
  return stops.length > 0;
}

/** It starts at its distance behind the price, or behind the price that activates it. */
function setTrailing(account: Account, position: Position, wish: StopWish): boolean {
  const { trailingStop } = wish;
  if (trailingStop === undefined || trailingStop.eq(position.trailingStop)) return false;
  position.trailingStop = trailingStop;
  const known = wholeStop(account, position, "trailingStop");
  if (trailingStop.eq(0)) return setWholeStop(account, position, "trailingStop", null) || known !== undefined;
  const { last } = account.market.quote(position.category, position.symbol);
  const from = wish.activePrice === undefined || wish.activePrice.eq(0) ? last : wish.activePrice;
  const price = from.plus(trailingStop.times(new Big(position.side === "Buy" ? -1 : 1)));
  if (price.lte(0)) throw paramsError("trailingStop invalid");
  return setWholeStop(account, position, "trailingStop", { kind: "trailingStop", price, by: "LastPrice" });
}
