/**
 * The trades of one minute, drawn so that they make up its candle exactly: they touch its high and low, end at its
 * close and add up to its volume.
 */

import { sequence } from "../hash.ts";

export interface MinuteTrades {
  count: number;
  /** Epoch ms, ascending. */
  times: Float64Array;
  prices: Float64Array;
  sizes: Float64Array;
  /** 1 where the taker bought. */
  buys: Uint8Array;
}

export interface MinuteCandle {
  startMs: number;
  open: number;
  high: number;
  low: number;
  close: number;
  volume: number;
}

const minuteMs = 60_000;

/** @param typical How many trades an ordinary minute has. */
export function drawTrades(key: number, candle: MinuteCandle, typical: number): MinuteTrades {
  const { startMs, open, high, low, close, volume } = candle;
  const next = sequence(key, startMs / minuteMs, 7);
  const top = high > Math.max(open, close) ? 1 : 0;
  const bottom = low < Math.min(open, close) ? 1 : 0;
  const wanted = Math.max(1 + top + bottom, Math.round(typical * (0.5 + next())));
  const count = Math.min(volume, wanted);
  const trades: MinuteTrades = {
    count,
    times: new Float64Array(count),
    prices: new Float64Array(count),
    sizes: new Float64Array(count),
    buys: new Uint8Array(count),
  };
  if (count === 0) return trades;

  // High and low sit somewhere before the last trade, in either order.
  const atTop = top === 1 ? Math.floor(next() * (count - 1)) : -1;
  let atBottom = bottom === 1 ? Math.floor(next() * (count - 1)) : -1;
  if (atBottom >= 0 && atBottom === atTop) atBottom = (atBottom + 1) % (count - 1);
  const range = high - low;
  let weights = 0;
  let before = open;
  for (let i = 0; i < count; i += 1) {
    const line = open + ((close - open) * (i + 1)) / count;
    const near = Math.round(line + (next() - 0.5) * range * 0.12);
    const price =
      i === count - 1 ? close : i === atTop ? high : i === atBottom ? low : Math.min(Math.max(near, low), high);
    trades.times[i] = startMs + Math.floor(((i + next()) / count) * minuteMs);
    trades.prices[i] = price;
    trades.buys[i] = price > before || (price === before && next() < 0.5) ? 1 : 0;
    const weight = next() ** 3 + 0.02;
    trades.sizes[i] = weight;
    weights += weight;
    before = price;
  }
  let left = volume - count;
  const share = left / weights;
  for (let i = 0; i < count; i += 1) {
    const extra = i === count - 1 ? left : Math.floor((trades.sizes[i] ?? 0) * share);
    trades.sizes[i] = 1 + extra;
    left -= extra;
  }
  return trades;
}
