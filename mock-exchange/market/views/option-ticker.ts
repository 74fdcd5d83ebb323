/** The ticker of an option as REST sends it; the stream renames a few keys. No bid or ask is "0". */

import { trimmed } from "../decimal.ts";
import { optionTick, type OptionListing } from "../options/option-listing.ts";

const dayMs = 86_400_000;
const fine = 8;
const stepDecimals = 2;

export function optionTicker(option: OptionListing): Record<string, string> {
  const { untilMs } = option;
  const state = option.at(untilMs);
  const { bids, asks } = option.book(option.state(untilMs));
  const today = option.recent(100, untilMs, untilMs - dayMs);
  const last = today[0] ?? option.recent(1, untilMs)[0];
  const total = option.volumeBefore(untilMs);
  const price = (ticks: number | undefined): string => String((ticks ?? 0) * optionTick);
  const size = (steps: number | undefined): string => trimmed(((steps ?? 0) / 100).toFixed(stepDecimals));
  const volume = (trades: typeof today): number => trades.reduce((sum, trade) => sum + trade.size, 0);
  const turnover = (trades: typeof today): string =>
    trimmed(trades.reduce((sum, trade) => sum + (trade.size / 100) * state.index, 0).toFixed(stepDecimals));
  const prices = today.map((trade) => trade.price);
  const first = today.at(-1)?.price ?? 0;
  return {
    symbol: option.spec.instrument.symbol,
    bid1Price: price(bids[0]?.[0]),
    bid1Size: size(bids[0]?.[1]),
    bid1Iv: bids.length === 0 ? "0" : (state.iv - 0.01).toFixed(4),
    ask1Price: price(asks[0]?.[0]),
    ask1Size: size(asks[0]?.[1]),
    ask1Iv: asks.length === 0 ? "0" : (state.iv + 0.01).toFixed(4),
    lastPrice: price(last?.price),
    highPrice24h: price(prices.length === 0 ? 0 : Math.max(...prices)),
    lowPrice24h: price(prices.length === 0 ? 0 : Math.min(...prices)),
    markPrice: state.price.toFixed(fine),
    indexPrice: state.index.toFixed(fine),
    markIv: state.iv.toFixed(4),
    underlyingPrice: state.underlying.toFixed(2),
    openInterest: size(Math.round(total * 0.4)),
    turnover24h: turnover(today),
    volume24h: size(volume(today)),
    totalVolume: size(total),
    totalTurnover: trimmed(((total / 100) * state.index).toFixed(stepDecimals)),
    delta: state.delta.toFixed(fine),
    gamma: state.gamma.toFixed(fine),
    vega: state.vega.toFixed(fine),
    theta: state.theta.toFixed(fine),
    predictedDeliveryPrice: "0",
    change24h: first === 0 ? "0" : ((prices[0] ?? first) / first - 1).toFixed(fine),
  };
}
