/**
 * From candles on four timeframes to a decision. It is only asked where every timeframe has candles, which the type
 * says; what it decides is of no importance, that it was based on something is.
 */

import type { Candle, Frames, Timeframe } from "./market-data.ts";

export interface Decision {
  action: "buy" | "sell" | "wait";
  /** How many candles of each timeframe it is based on. */
  candles: Record<Timeframe, number>;
}

const meanOver = 20;

export function decide(frames: Frames): Decision {
  const votes = Object.values(frames).map(trend);
  const score = votes.reduce((sum, vote) => sum + vote, 0);
  const action = score >= 3 ? "buy" : score <= -3 ? "sell" : "wait";
  const { base, ltf, mtf, htf } = frames;
  return { action, candles: { base: base.length, ltf: ltf.length, mtf: mtf.length, htf: htf.length } };
}

/** The last close against the mean of the last twenty: 1 above, −1 below, 0 equal. */
function trend(candles: readonly Candle[]): number {
  const recent = candles.slice(-meanOver);
  const mean = recent.reduce((sum, { close }) => sum + close, 0) / recent.length;
  return Math.sign((recent.at(-1)?.close ?? mean) - mean);
}
