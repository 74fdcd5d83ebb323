/** Candles of any interval, newest first, put together from a source of candles by level. */

import { msOf } from "../path/levels.ts";
import { joined, type Candle } from "./candle.ts";
import type { Interval } from "./intervals.ts";

export type CandleSource = (level: number, index: number, untilMs: number) => Candle | undefined;

export interface KlineRange {
  /** The oldest start wanted. */
  fromMs: number;
  /** The newest start wanted. */
  toMs: number;
  limit: number;
  /** What is known: nothing from this moment on. */
  untilMs: number;
  /** A coarser level may not be used: for prices that change their rule within it. */
  finestLevel?: number;
}

/** The candle of an interval that starts then, as it stands. */
export function kline(
  source: CandleSource,
  interval: Interval,
  startMs: number,
  untilMs: number,
  finestLevel = 0,
): Candle | undefined {
  const level = Math.max(interval.level, finestLevel);
  const ms = msOf(level);
  const endMs = Math.min(interval.after(startMs), untilMs + 1);
  const parts: Candle[] = [];
  for (let at = startMs; at < endMs; at += ms) {
    const part = source(level, at / ms, untilMs);
    if (part !== undefined) parts.push(part);
  }
  return joined(startMs, parts);
}

export function klines(source: CandleSource, interval: Interval, range: KlineRange): Candle[] {
  const { fromMs, toMs, limit, untilMs } = range;
  const found: Candle[] = [];
  let startMs = interval.startOf(Math.min(toMs, untilMs));
  for (; startMs >= fromMs && found.length < limit; startMs = interval.before(startMs)) {
    const candle = kline(source, interval, startMs, untilMs, range.finestLevel);
    if (candle === undefined) break;
    found.push(candle);
  }
  return found;
}
