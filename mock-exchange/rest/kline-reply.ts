/** What the four kline endpoints have in common: their range and their order. */

import type { Instrument } from "../market/market.ts";
import { klines, type CandleSource } from "../market/tape/klines.ts";
import { intervals } from "../market/tape/intervals.ts";
import type { Candle } from "../market/tape/candle.ts";
import { limitOf, numberOf } from "./market-query.ts";
import { RetError } from "./ret-codes.ts";

const defaultRows = 200;
const mostRows = 1_000;

export interface KlineReply {
  symbol: string;
  category: string;
  /** Newest first. */
  list: string[][];
}

/** What has candles: a listing, or an option. */
export interface Charted {
  readonly spec: { readonly instrument: Instrument };
  readonly untilMs: number;
}

export interface KlineOptions {
  source: CandleSource;
  row: (candle: Candle) => string[];
  finestLevel?: number;
  most?: number;
}

/** Start and end given: rows in between, counted from the end back. Only start given: rows from there on. */
export function klineReply(query: URLSearchParams, listing: Charted, options: KlineOptions): KlineReply {
  const interval = intervals.get(query.get("interval") ?? "");
  if (interval === undefined) throw new RetError(10001, "Invalid period!");
  const limit = limitOf(query, defaultRows, options.most ?? mostRows);
  const start = numberOf(query, "start");
  const end = numberOf(query, "end");
  const { untilMs } = listing;
  const fromMs = start ?? -Infinity;
  let toMs = end ?? untilMs;
  if (start !== undefined && end === undefined) {
    toMs = interval.startOf(start) < start ? interval.after(interval.startOf(start)) : start;
    for (let row = 1; row < limit && toMs <= untilMs; row += 1) toMs = interval.after(toMs);
  }
  const range = { fromMs, toMs, limit, untilMs, finestLevel: options.finestLevel ?? 0 };
  const list = toMs < 0 ? [] : klines(options.source, interval, range).map(options.row);
  const { symbol, category } = listing.spec.instrument;
  return { symbol, category, list };
}
