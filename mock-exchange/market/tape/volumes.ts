/**
 * How much an instrument trades, over all time: a day's volume divided along the price path's own division, so that the
 * parts of a candle add up to it exactly. A part that stands still in a quiet instrument gets nothing.
 */

import { sequence, unit } from "../hash.ts";
import type { CoinPath } from "../path/coin-path.ts";
import { day, partsOf } from "../path/levels.ts";
import { fields } from "../path/split.ts";
import type { Units } from "./units.ts";

export interface Shares {
  volume: Float64Array;
  turnover: Float64Array;
}

const keep = 4_000;

export class Volumes {
  readonly #key: number;
  readonly #path: CoinPath;
  readonly #units: Units;
  readonly #dailySteps: number;
  readonly #skipsStill: boolean;
  readonly #cache = Array.from({ length: 4 }, () => new Map<number, Shares>());

  constructor(options: { key: number; path: CoinPath; units: Units; dailySteps: number; skipsStill: boolean }) {
    this.#key = options.key;
    this.#path = options.path;
    this.#units = options.units;
    this.#dailySteps = options.dailySteps;
    this.#skipsStill = options.skipsStill;
  }

  /** What the parts of one candle of the level above trade; for days, that one day. */
  group(level: number, group: number): Shares {
    const cache = this.#cache[level];
    const known = cache?.get(group);
    if (known !== undefined) return known;
    const made = level === day ? this.#day(group) : this.#divide(level, group);
    if (cache !== undefined) {
      if (cache.size >= keep) cache.clear();
      cache.set(group, made);
    }
    return made;
  }

  #day(index: number): Shares {
    const volume = Math.round(this.#dailySteps * (0.6 + 0.8 * unit(this.#key, index)));
    const [open = 0, high = 0, low = 0, close = 0] = this.#path.group(day, index);
    const turnover = this.#units.turnover(this.#units.ticks((open + high + low + close) / 4), volume);
    return { volume: Float64Array.of(volume), turnover: Float64Array.of(turnover) };
  }

  #divide(level: number, group: number): Shares {
    const above = Math.floor(group / partsOf(level - 1));
    const whole = this.group(level - 1, above);
    const at = group - above * partsOf(level - 1);
    const parts = partsOf(level);
    const candles = this.#path.group(level, group);
    const next = sequence(this.#key, group, level);
    const weights = new Float64Array(parts);
    const values = new Float64Array(parts);
    for (let i = 0; i < parts; i += 1) {
      const high = candles[i * fields + 1] ?? 0;
      const low = candles[i * fields + 2] ?? 0;
      const draw = 0.25 + next() * next();
      weights[i] = this.#skipsStill && high === low ? 0 : draw;
    }
    const volume = shared(whole.volume[at] ?? 0, weights);
    // Turnover follows the price, which for inverse means against it.
    for (let i = 0; i < parts; i += 1) {
      const middle = ((candles[i * fields + 1] ?? 0) + (candles[i * fields + 2] ?? 0)) / 2;
      values[i] = this.#units.turnover(this.#units.ticks(middle), volume[i] ?? 0);
    }
    return { volume, turnover: shared(whole.turnover[at] ?? 0, values) };
  }
}

/** A whole number in whole shares by weight; the last part with a weight takes the rest. */
function shared(whole: number, weights: Float64Array): Float64Array {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const shares = new Float64Array(weights.length);
  if (total === 0) return shares;
  let left = whole;
  let last = 0;
  for (let i = 0; i < weights.length; i += 1) {
    const weight = weights[i] ?? 0;
    if (weight === 0) continue;
    shares[i] = Math.floor((whole * weight) / total);
    left -= shares[i] ?? 0;
    last = i;
  }
  shares[last] = (shares[last] ?? 0) + left;
  return shares;
}
