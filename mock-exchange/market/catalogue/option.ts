/** A few options on BTC, settled in USDT: two deliveries, strikes around the price at the start, calls and puts. */

import { hours } from "../../../core/units.ts";
import type { Instrument } from "../market.ts";
import { optionTick, type OptionSpec } from "../options/option-listing.ts";
import { coins } from "./coins.ts";
import { symbolId } from "./symbol-id.ts";

const strikeStep = 5_000;
const strikesEachSide = 2;
const deliveriesInDays = [9, 37];
const months = ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"];

export function optionSpecs(startMs: number): OptionSpec[] {
  const strikes = strikesAround(coins[0]?.price ?? strikeStep);
  return deliveriesInDays
    .map((days) => fridayAfter(startMs + hours(24 * days)))
    .flatMap((deliveryMs) =>
      strikes.flatMap((strike) => [true, false].map((call) => option(startMs, deliveryMs, strike, call))),
    );
}

export function strikesAround(price: number): number[] {
  const middle = Math.round(price / strikeStep) * strikeStep;
  return Array.from({ length: 2 * strikesEachSide + 1 }, (_, i) => middle + (i - strikesEachSide) * strikeStep);
}

/** `BTC-26DEC25-70000-C-USDT` */
export function optionSymbol(deliveryMs: number, strike: number, call: boolean): string {
  const delivery = new Date(deliveryMs);
  const day = `${delivery.getUTCDate()}${months[delivery.getUTCMonth()] ?? ""}${delivery.getUTCFullYear() % 100}`;
  return `BTC-${day}-${strike}-${call ? "C" : "P"}-USDT`;
}

/** 08:00 UTC of that day, or of the next Friday. */
export function fridayAfter(ms: number): number {
  const date = new Date(ms);
  const morning = Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), date.getUTCDate(), 8);
  return morning + ((5 - date.getUTCDay() + 7) % 7) * hours(24);
}

function option(startMs: number, deliveryMs: number, strike: number, call: boolean): OptionSpec {
  const symbol = optionSymbol(deliveryMs, strike, call);
  const launchMs = Math.floor(startMs / hours(1)) * hours(1) - hours(24 * 30);
  const tickSize = String(optionTick);
  const info = {
    symbol,
    symbolId: symbolId("option", symbol),
    status: "Trading",
    baseCoin: "BTC",
    quoteCoin: "USDT",
    settleCoin: "USDT",
    optionsType: call ? "Call" : "Put",
    launchTime: String(launchMs),
    deliveryTime: String(deliveryMs),
    deliveryFeeRate: "0.00015",
    priceFilter: { minPrice: tickSize, maxPrice: "1000000", tickSize },
    lotSizeFilter: { maxOrderQty: "500", minOrderQty: "0.01", qtyStep: "0.01" },
    displayName: symbol.replace("-USDT", ""),
  };
  const instrument: Instrument = {
    category: "option",
    symbol,
    baseCoin: "BTC",
    quoteCoin: "USDT",
    settleCoin: "USDT",
    tickSize,
    qtyStep: "0.01",
    minOrderQty: "0.01",
    maxOrderQty: "500",
    maxMktOrderQty: "500",
    minNotionalValue: "0",
    maxLeverage: "1",
    info,
  };
  return { instrument, strike, call, deliveryMs, launchMs };
}
