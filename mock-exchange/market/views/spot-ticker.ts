/** The ticker of a spot pair. The stream leaves out the best orders. */

import { fixed, trimmed } from "../decimal.ts";
import type { Listing } from "../listing.ts";
import { bestOf } from "./best.ts";
import { cutDecimals, fraction } from "./figures.ts";

const pcntDecimals = 4;

export function spotTicker(listing: Listing): Record<string, string> {
  const { prices, spec, units, untilMs } = listing;
  const { tick, step } = units;
  const { day } = listing;
  const best = bestOf(listing);
  return {
    symbol: spec.instrument.symbol,
    bid1Price: best.bid,
    bid1Size: best.bidSize,
    ask1Price: best.ask,
    ask1Size: best.askSize,
    lastPrice: fixed(day.last, tick),
    prevPrice24h: fixed(day.open, tick),
    price24hPcnt: fraction(day.last, day.open, pcntDecimals),
    highPrice24h: fixed(day.high, tick),
    lowPrice24h: fixed(day.low, tick),
    turnover24h: cutDecimals(units.turnoverText(day.turnover), 8),
    volume24h: trimmed(fixed(day.volume, step)),
    usdIndexPrice: fixed(prices.index(untilMs), tick),
  };
}
