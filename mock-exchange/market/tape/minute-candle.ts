/** A minute's candle from its single trades. */

import type { Candle } from "./candle.ts";
import type { MinuteTrades } from "./draw-trades.ts";
import { eachOf } from "./each-trade.ts";
import type { ExtraTrade } from "./extras.ts";
import type { Units } from "./units.ts";

export interface MinuteCandleOptions {
  extras: readonly ExtraTrade[];
  /** Nothing from this moment on. */
  untilMs: number;
  units: Units;
}

export function minuteCandle(
  startMs: number,
  open: number,
  base: MinuteTrades,
  { extras, untilMs, units }: MinuteCandleOptions,
): Candle {
  const candle: Candle = { startMs, open, high: open, low: open, close: open, volume: 0, turnover: 0 };
  eachOf(base, extras, (timeMs, price, size) => {
    if (timeMs >= untilMs) return;
    if (price > candle.high) candle.high = price;
    if (price < candle.low) candle.low = price;
    candle.close = price;
    candle.volume += size;
    candle.turnover += units.turnover(price, size);
  });
  return candle;
}
