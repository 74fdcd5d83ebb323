/**
 * Why an order is refused, in Bybit's words: texts seen on the wire where there are any. Contracts and spot speak of
 * the same thing with different codes.
 */

import type { Big } from "big.js";
import { RetError } from "../../protocol/ret-codes.ts";
import type { Instrument, Side } from "../../market/market.ts";
import { decimalsOf } from "../decimal.ts";
import type { TpslMode, TradedCategory, TriggerBy } from "./order.ts";

type Choice = (category: TradedCategory) => RetError;

const either =
  (contract: [number, string], spot: [number, string]): Choice =>
  (category) =>
    new RetError(...(category === "spot" ? spot : contract));

export const unknownSymbol = either([10001, "params error: symbol invalid"], [170121, "Invalid symbol."]);
export const duplicateLinkId = either([110072, "OrderLinkedID is duplicate"], [170141, "Duplicate clientOrderId"]);
export const notCancellable = either(
  [110001, "order not exists or too late to cancel"],
  [170213, "Order does not exist."],
);
export const notAmendable = either(
  [110001, "order not exists or too late to replace"],
  [170213, "Order does not exist."],
);
export const qtyTooSmall = either(
  [10001, "The number of contracts exceeds minimum limit allowed"],
  [170136, "Order quantity exceeded lower limit."],
);
export const qtyTooLarge = either(
  [10001, "The number of contracts exceeds maximum limit allowed"],
  [170124, "Order amount too large."],
);
export const qtyOffStep = either([10001, "Qty invalid"], [170137, "Order volume decimal too long"]);
/** A spot market order that is given in the quote coin. */
export const amountTooFine = (): RetError => new RetError(170148, "Market order amount decimal too long");
export const priceOffTick = either([10001, "params error: price invalid"], [170134, "Order price decimal too long"]);
export const valueTooSmall = (category: TradedCategory, minimum: string, coin: string): RetError =>
  category === "spot"
    ? new RetError(170140, "Order value exceeded lower limit.")
    : new RetError(110094, `Order does not meet minimum order value ${minimum}${coin}`);
export const priceTooHigh = either(
  [110003, "Order price is out of permissible range"],
  [170132, "Order price is too high."],
);
export const priceTooLow = either(
  [110003, "Order price is out of permissible range"],
  [170133, "Order price is too low."],
);
export const insufficient = either([110007, "ab not enough for new order"], [170131, "Insufficient balance."]);
export const tooManyOrders = either(
  [110020, "You are not allowed to have more than 500 active orders"],
  [170810, "Cannot exceed maximum of 500 conditional, TP/SL and active orders."],
);
export const tooManyStops = either(
  [110009, "The number of stop orders exceeds the maximum allowable limit"],
  [170810, "Cannot exceed maximum of 500 conditional, TP/SL and active orders."],
);
export const spotAlreadyFilled = (): RetError => new RetError(170139, "Order has been filled.");
export const spotAlreadyCancelled = (): RetError => new RetError(170142, "Order has been canceled.");
export const qtyBelowFilled = either(
  [10001, "params error: qty invalid"],
  [170313, "Modified quantity cannot be less than the filled quantity"],
);

export const wrongPositionIdx = (): RetError => new RetError(10001, "position idx not match position mode");
export const zeroPosition = (): RetError =>
  new RetError(110017, "current position is zero, cannot fix reduce-only order qty");
export const sameSide = (): RetError => new RetError(110017, "reduce-only order has same side with current position");
export const notLive = (): RetError => new RetError(110074, "This contract is not live");
export const notModified = (): RetError => new RetError(10001, "order not modified");

/**
 * Prices inside such texts have no decimal point: they are in ten-thousandths, and of a contract that is quoted finer
 * than to the cent in hundred-millionths. Seen for BTC and ETH; for XRP, CHZ, HNT, PYR and KAT.
 */
const scaled = (price: Big, { tickSize }: Instrument): string =>
  price.times(decimalsOf(tickSize) > 2 ? 100_000_000 : 10_000).toFixed(0);

/** A price that was asked for, and the one that it was compared with. */
export interface Compared {
  instrument: Instrument;
  price: Big;
  current: Big;
  by: TriggerBy;
}

const sides = ({ instrument, price, current, by }: Compared, sign: string): string =>
  `trigger_price[${scaled(price, instrument)}] ${sign} current[${scaled(current, instrument)}]??${by}`;

export const triggerNotAbove = (compared: Compared): RetError =>
  new RetError(110092, `expect Rising, but ${sides(compared, "<=")}`);
export const triggerNotBelow = (compared: Compared): RetError =>
  new RetError(110093, `expect Falling, but ${sides(compared, ">=")}`);

/** Bybit's wording, as it is: each of the four has its own. */
const shouldBe = {
  TakeProfit: { Buy: "should be higher than", Sell: "should be lower than" },
  StopLoss: { Buy: "should lower than", Sell: "should greater" },
};

export function wrongStop(
  { instrument, price, current, by }: Compared,
  stop: { what: "TakeProfit" | "StopLoss"; side: Side; mode: TpslMode },
): RetError {
  const name = stop.mode === "Partial" ? `Partial${stop.what}` : stop.what;
  const should = shouldBe[stop.what][stop.side];
  return new RetError(
    10001,
    `${name}:${scaled(price, instrument)} set for ${stop.side} position ${should} base_price:${scaled(current, instrument)}??${by}`,
  );
}
