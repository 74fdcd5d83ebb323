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

/** Where the candles of a range start, newest first: as many as may be wanted, whether they exist or not. */
export function* startsOf(interval: Interval, { fromMs, toMs, limit, untilMs }: KlineRange): Generator<number> {
  let startMs = interval.startOf(Math.min(toMs, untilMs));
  for (let given = 0; startMs >= fromMs && given < limit; startMs = interval.before(startMs), given += 1) yield startMs;
}

export function klines(source: CandleSource, interval: Interval, range: KlineRange): Candle[] {
  const found: Candle[] = [];
  for (const startMs of startsOf(interval, range)) {
    const candle = kline(source, interval, startMs, range.untilMs, range.finestLevel);
    if (candle === undefined) break;
    found.push(candle);
  }
  return found;
}
