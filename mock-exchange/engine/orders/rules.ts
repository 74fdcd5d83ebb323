/** What the exchange demands of an order before it accepts it: steps, bounds, modes, counts. Throws the refusal. */

import { Big } from "big.js";
import type { Instrument } from "../../market/market.ts";
import { instrumentOf, type Account } from "../account.ts";
import { decimalsOf, isMultiple, min, plain } from "../decimal.ts";
import { isHalted } from "../halts.ts";
import * as refuse from "./order-errors.ts";
import { isResting, type Order, type TradedCategory } from "./order.ts";
import { priceOf } from "../stops/triggers.ts";
import { valueOf } from "../position.ts";

const maxActive = 500;
const maxStops = { linear: 10, inverse: 10, spot: 30 };

export function checkIsLive(account: Account, category: TradedCategory, symbol: string): void {
  if (isHalted(account, category, symbol)) throw refuse.notLive();
}

export function checkLinkId(account: Account, category: TradedCategory, orderLinkId: string): void {
  if (orderLinkId !== "" && account.orders.byLinkId(orderLinkId) !== undefined) throw refuse.duplicateLinkId(category);
}

export function checkQty({ enforcesMinimumValue }: Account, order: Order, instrument: Instrument): void {
  const { category, qty } = order;
  if (order.byQuote) {
    if (decimalsOf(plain(qty)) > quoteDecimals(instrument)) throw refuse.amountTooFine();
    if (qty.lt(instrument.minNotionalValue)) throw refuse.valueTooSmall(category, instrument.minNotionalValue, "");
    return;
  }
  const most = order.orderType === "Market" ? instrument.maxMktOrderQty : instrument.maxOrderQty;
  if (qty.lt(instrument.minOrderQty)) throw refuse.qtyTooSmall(category);
  if (qty.gt(most)) throw refuse.qtyTooLarge(category);
  if (!isMultiple(qty, instrument.qtyStep)) throw refuse.qtyOffStep(category);
  // An inverse contract is counted in dollars, so its smallest order is its smallest quantity.
  const hasMinimum = category === "spot" || (category === "linear" && enforcesMinimumValue);
  if (!hasMinimum || order.reduceOnly) return;
  const value = valueOf(category, order.price ?? order.lastPriceOnCreated, qty);
  if (value.lt(instrument.minNotionalValue))
    throw refuse.valueTooSmall(category, plainNumber(instrument.minNotionalValue), instrument.quoteCoin);
}

/** Where the pair does not say how fine an amount of its quote coin may be. */
const finestAmount = 8;

function quoteDecimals({ info }: Instrument): number {
  const { quotePrecision } = (info.lotSizeFilter ?? {}) as { quotePrecision?: string };
  return quotePrecision === undefined ? finestAmount : decimalsOf(quotePrecision);
}

const plainNumber = (text: string): string => new Big(text).toFixed();

export function checkPrice(account: Account, order: Order, instrument: Instrument): void {
  const { category, symbol, price, side } = order;
  if (order.orderType === "Market" || price === null) return;
  if (price.lte(0)) throw refuse.priceTooLow(category);
  if (!isMultiple(price, instrument.tickSize)) throw refuse.priceOffTick(category);
  const { minPrice, maxPrice } = priceBounds(instrument);
  if (maxPrice !== undefined && price.gt(maxPrice)) throw refuse.priceTooHigh(category);
  if (minPrice !== undefined && price.lt(minPrice)) throw refuse.priceTooLow(category);
  if (order.trigger !== null) return;
  const ratio = ratioOf(instrument);
  const { mark } = account.market.quote(category, symbol);
  if (side === "Buy" && price.gt(mark.times(ratio.plus(1)))) throw refuse.priceTooHigh(category);
  if (side === "Sell" && price.lt(mark.times(new Big(1).minus(ratio)))) throw refuse.priceTooLow(category);
}

/** The prices that the contract knows. */
export function priceBounds(instrument: Instrument): { minPrice?: string; maxPrice?: string } {
  return instrument.info.priceFilter ?? {};
}

/** How far beyond the mark price an order may reach across the book. */
function ratioOf(instrument: Instrument): Big {
  const { priceLimitRatioY } = (instrument.info.riskParameters ?? {}) as { priceLimitRatioY?: string };
  return new Big(priceLimitRatioY === undefined || priceLimitRatioY === "" ? "0.1" : priceLimitRatioY);
}

export function checkMode(account: Account, order: Order): void {
  if (order.category === "spot") return;
  const hedged = account.positions.mode(order.category, order.symbol) === "hedge";
  if (hedged === (order.positionIdx === 0)) throw refuse.wrongPositionIdx();
}

/** In hedge mode an order against its own row can only close it, asked to or not. */
export const onlyReduces = (order: Pick<Order, "positionIdx" | "side" | "reduceOnly">): boolean =>
  order.reduceOnly ||
  (order.positionIdx === 1 && order.side === "Sell") ||
  (order.positionIdx === 2 && order.side === "Buy");

/** Cuts a reduce-only order to what there is to reduce. A stop is fitted when it fires. */
export function fitReduceOnly(account: Account, order: Order): void {
  if (!order.reduceOnly || order.trigger !== null) return;
  const position = account.positions.of(order.category, order.symbol, order.positionIdx);
  if (position.side === "") throw refuse.zeroPosition();
  if (position.side === order.side) throw refuse.sameSide();
  order.qty = order.closeOnTrigger && order.qty.eq(0) ? position.size : min(order.qty, position.size);
}

export function checkCounts(account: Account, order: Order): void {
  const { category, symbol } = order;
  const open = category === "spot" ? account.orders.open("spot") : account.orders.open(category, symbol);
  if (open.filter(isResting).length >= maxActive) throw refuse.tooManyOrders(category);
  // Spot counts its two kinds apart.
  const stops = open.filter(
    ({ status, createType, stopOrderType }) =>
      status === "Untriggered" && createType === "CreateByUser" && stopOrderType === order.stopOrderType,
  );
  if (order.trigger !== null && stops.length >= maxStops[category]) throw refuse.tooManyStops(category);
}

export function checkTrigger(account: Account, order: Order): void {
  if (order.trigger === null) return;
  const { price, direction, by } = order.trigger;
  const instrument = instrumentOf(account, order.category, order.symbol);
  const current = priceOf(account.market.quote(order.category, order.symbol), by);
  if (direction === 1 && price.lte(current)) throw refuse.triggerNotAbove({ instrument, price, current, by });
  if (direction === 2 && price.gte(current)) throw refuse.triggerNotBelow({ instrument, price, current, by });
}

export function checkTpsl(account: Account, order: Order): void {
  const { takeProfit, stopLoss, tpTriggerBy, slTriggerBy, mode } = order.tpsl;
  if (takeProfit === null && stopLoss === null) return;
  const { side } = order;
  const instrument = instrumentOf(account, order.category, order.symbol);
  const quote = account.market.quote(order.category, order.symbol);
  const buys = side === "Buy";
  const base = (by: typeof tpTriggerBy): Big =>
    order.orderType === "Limit" && order.price !== null ? order.price : priceOf(quote, by);
  const tpBase = base(tpTriggerBy);
  const slBase = base(slTriggerBy);
  if (takeProfit !== null && (buys ? takeProfit.lte(tpBase) : takeProfit.gte(tpBase)))
    throw refuse.wrongStop(
      { instrument, price: takeProfit, current: tpBase, by: tpTriggerBy },
      { what: "TakeProfit", side, mode },
    );
  if (stopLoss !== null && (buys ? stopLoss.gte(slBase) : stopLoss.lte(slBase)))
    throw refuse.wrongStop(
      { instrument, price: stopLoss, current: slBase, by: slTriggerBy },
      { what: "StopLoss", side, mode },
    );
}
