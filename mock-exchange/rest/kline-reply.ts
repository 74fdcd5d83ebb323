/** What the four kline endpoints have in common: their range and their order. */

import type { Instrument } from "../market/market.ts";
import { kline, startsOf, type CandleSource } from "../market/tape/klines.ts";
import { intervals } from "../market/tape/intervals.ts";
import type { Candle } from "../market/tape/candle.ts";
import { limitOf, numberOf } from "./market-query.ts";
import { RetError } from "../protocol/ret-codes.ts";
import { JsonText } from "./route.ts";

const defaultRows = 200;
const mostRows = 1_000;

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
  /** Rows, as text, of candles that are over and will not change: a client mostly asks for the same ones again. */
  rowsOf?: (interval: string) => Map<number, string>;
}

/** More than a reply has of them, so that a client that pages back does not push out what others ask for. */
const mostKnownRows = 4_000;

/** Newest first. Start and end given: rows in between, counted from the end back. Only start given: rows from there on. */
export function klineReply(query: URLSearchParams, listing: Charted, options: KlineOptions): JsonText {
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
  const known = options.rowsOf?.(interval.name);
  const list: string[] = [];
  for (const startMs of toMs < 0 ? [] : startsOf(interval, range)) {
    let row = known?.get(startMs);
    if (row === undefined) {
      const candle = kline(options.source, interval, startMs, untilMs, range.finestLevel);
      if (candle === undefined) break;
      row = JSON.stringify(options.row(candle));
      if (known !== undefined && interval.after(startMs) <= untilMs) {
        if (known.size >= mostKnownRows) known.clear();
        known.set(startMs, row);
      }
    }
    list.push(row);
  }
  const { symbol, category } = listing.spec.instrument;
  return new JsonText(`{"symbol":${JSON.stringify(symbol)},"category":"${category}","list":[${list.join()}]}`);
}
