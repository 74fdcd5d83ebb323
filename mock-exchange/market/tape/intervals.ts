/** Bybit's candle intervals: where each begins and of which candles it is made. */

import { day, levels, minute, msOf } from "../path/levels.ts";

export interface Interval {
  /** As on the wire: `1` … `720`, `D`, `W`, `M`. */
  name: string;
  /** The start of the candle that holds a moment. */
  startOf(epochMs: number): number;
  /** The start of the candle after the one that starts then. */
  after(startMs: number): number;
  before(startMs: number): number;
  /** The largest level that divides it. */
  level: number;
}

const dayMs = msOf(day);
/** Monday, 5 January 1970. */
const firstMondayMs = 4 * dayMs;

function regular(name: string, ms: number, originMs = 0): Interval {
  return {
    name,
    startOf: (at) => Math.floor((at - originMs) / ms) * ms + originMs,
    after: (start) => start + ms,
    before: (start) => start - ms,
    level: levels.findIndex((level) => ms % level.ms === 0),
  };
}

const month = (startMs: number, by: number): number => {
  const date = new Date(startMs);
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + by, 1);
};

const all: Interval[] = [
  ...["1", "3", "5", "15", "30", "60", "120", "240", "360", "720"].map((name) =>
    regular(name, Number(name) * msOf(minute)),
  ),
  regular("D", dayMs),
  regular("W", 7 * dayMs, firstMondayMs),
  { name: "M", startOf: (at) => month(at, 0), after: (s) => month(s, 1), before: (s) => month(s, -1), level: day },
];

export const intervals: ReadonlyMap<string, Interval> = new Map(all.map((interval) => [interval.name, interval]));
