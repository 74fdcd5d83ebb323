/**
 * What was delivered before now, newest first: the quarterly inverse futures of a year and the options of a few Fridays.
 * They are no longer listed; the price is the index at the moment of delivery. No linear contract here has an end.
 */

import { hours } from "../../../core/units.ts";
import { lastFriday, quarterName } from "../catalogue/inverse.ts";
import { fridayAfter, optionSymbol, strikesAround } from "../catalogue/option.ts";
import type { MarketData } from "../market-data.ts";

export interface Delivery {
  symbol: string;
  baseCoin: string;
  settleCoin: string;
  deliveryMs: number;
  /** Dollars. */
  price: number;
}

const quarters = 4;
const weeks = 4;
const weekMs = hours(24 * 7);

export function deliveries(market: MarketData, category: "linear" | "inverse" | "option"): Delivery[] {
  if (category === "linear") return [];
  const underlying = market.listing(
    category === "inverse" ? "inverse" : "linear",
    category === "inverse" ? "BTCUSD" : "BTCUSDT",
  );
  if (underlying === undefined) return [];
  const priceAt = (ms: number): number => underlying.prices.index(ms) * underlying.units.tick.value;
  const settleCoin = underlying.spec.instrument.settleCoin;
  const of = (symbol: string, deliveryMs: number): Delivery => ({
    ...{ symbol, baseCoin: "BTC", settleCoin, deliveryMs, price: priceAt(deliveryMs) },
  });
  if (category === "inverse") return quarterEnds(market.untilMs).map((ms) => of(`BTCUSD${quarterName(ms)}`, ms));
  const friday = fridayAfter(market.untilMs);
  const newest = friday <= market.untilMs ? friday : friday - weekMs;
  return Array.from({ length: weeks }, (_, back) => newest - back * weekMs).flatMap((ms) =>
    strikesAround(priceAt(ms)).flatMap((strike) => [true, false].map((call) => of(optionSymbol(ms, strike, call), ms))),
  );
}

/** Newest first. */
function quarterEnds(beforeMs: number): number[] {
  const found: number[] = [];
  const year = new Date(beforeMs).getUTCFullYear();
  for (let quarter = 3; found.length < quarters; quarter -= 1) {
    const endMs = lastFriday(year, quarter * 3 + 3);
    if (endMs <= beforeMs) found.push(endMs);
  }
  return found;
}
