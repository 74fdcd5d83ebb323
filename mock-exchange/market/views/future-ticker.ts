/** The ticker of a linear or inverse contract. REST sends these keys in this order; the stream sends a few changed. */

import { fixed } from "../decimal.ts";
import type { Listing } from "../listing.ts";
import { bestOf } from "./best.ts";
import { cutDecimals, filledDecimals, fraction } from "./figures.ts";

const pcntDecimals = 6;

export function futureTicker(listing: Listing): Record<string, string> {
  const { funding, positioning, prices, spec, units, untilMs } = listing;
  const { tick, step } = units;
  const { day } = listing;
  const mark = prices.mark(untilMs);
  const single = positioning.singleOpenInterest(untilMs);
  const best = bestOf(listing);
  const inverse = spec.instrument.category === "inverse";
  const valueOf = (steps: number): string =>
    cutDecimals(units.turnoverText(units.turnover(mark, steps)), inverse ? 4 : 2);
  const dated = spec.deliveryMs > 0;
  const nextFundingMs = funding?.nextMs(untilMs) ?? 0;
  return {
    symbol: spec.instrument.symbol,
    lastPrice: fixed(day.last, tick),
    indexPrice: fixed(prices.index(untilMs), tick),
    markPrice: fixed(mark, tick),
    prevPrice24h: fixed(day.open, tick),
    price24hPcnt: fraction(day.last, day.open, pcntDecimals),
    highPrice24h: fixed(day.high, tick),
    lowPrice24h: fixed(day.low, tick),
    prevPrice1h: fixed(day.hourAgo, tick),
    openInterest: fixed(2 * single, step),
    openInterestValue: valueOf(2 * single),
    singleOpenInterest: fixed(single, step),
    singleOpenInterestValue: valueOf(single),
    turnover24h: cutDecimals(units.turnoverText(day.turnover), 4),
    volume24h: inverse ? fixed(day.volume, step) : filledDecimals(fixed(day.volume, step), 4),
    fundingRate: funding?.rate(nextFundingMs) ?? "",
    nextFundingTime: String(nextFundingMs),
    predictedDeliveryPrice: "",
    basisRate: dated ? fraction(day.last, prices.index(untilMs), pcntDecimals) : "",
    deliveryFeeRate: dated ? "0.0005" : "",
    deliveryTime: String(spec.deliveryMs),
    ask1Size: best.askSize,
    bid1Price: best.bid,
    ask1Price: best.ask,
    bid1Size: best.bidSize,
    basis: dated ? fixed(day.last - prices.index(untilMs), tick) : "",
    preOpenPrice: "",
    preQty: "",
    curPreListingPhase: "",
    fundingIntervalHour: funding === undefined ? "" : String(spec.fundingMinutes / 60),
    basisRateYear: "",
    fundingCap: funding === undefined ? "" : "0.00375",
  };
}
