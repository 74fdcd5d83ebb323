/**
 * What a coin is worth over all time, as a function of the seed: candles of a reference price in whole units, each day
 * drawn by itself and divided down to minutes when somebody looks. Instruments of the same coin share the path, which
 * keeps spot, perpetual and inverse together.
 */

import { bell, sequence } from "../hash.ts";
import { rugged } from "../noise.ts";
import { day, msOf, partsOf } from "./levels.ts";
import { fields, split } from "./split.ts";

/** The reference price at the market's start, in units: fine enough for any instrument's tick. */
export const startUnits = 100_000_000;
/** Octaves of the curve of days: the longest swing takes about three years. */
const octaves = 10;
const growth = 1.25;
/** Divided candles that are kept; more than anybody asks for at once. */
const keep = 4_000;

export class CoinPath {
  readonly #key: number;
  readonly #startDay: number;
  readonly #volatility: number;
  readonly #quiet: number;
  readonly #cache = levelCaches();

  /**
   * @param volatility How far the price swings from one day to the next, as a fraction.
   * @param quiet How likely a minute is without movement.
   */
  constructor(key: number, startMs: number, volatility: number, quiet = 0) {
    this.#key = key;
    this.#startDay = startMs / msOf(day);
    this.#volatility = volatility;
    this.#quiet = quiet;
  }

  /**
   * The parts of one candle of the level above, four numbers each; for days, that one day.
   *
   * @param group The index of the candle above, counted from epoch 0; for days, of the day.
   */
  group(level: number, group: number): Float64Array {
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

  #divide(level: number, group: number): Float64Array {
    const parts = partsOf(level - 1);
    const above = Math.floor(group / parts);
    const whole = this.group(level - 1, above);
    const quiet = level === 1 ? 0 : this.#quiet;
    return split(whole, (group - above * parts) * fields, partsOf(level), sequence(this.#key, group, level), quiet);
  }

  #day(index: number): Float64Array {
    const open = this.#at(index);
    const close = this.#at(index + 1);
    if (this.#volatility === 0) return new Float64Array(fields).fill(open);
    const next = sequence(this.#key, index);
    const reach = (open * this.#volatility) / 2;
    const high = Math.max(open, close) + Math.round((0.2 + Math.abs(bell(next))) * reach);
    const low = Math.min(open, close) - Math.round((0.2 + Math.abs(bell(next))) * reach);
    return Float64Array.of(open, high, low, close);
  }

  #at(dayIndex: number): number {
    if (this.#volatility === 0) return startUnits;
    const shape = (x: number): number => rugged(this.#key, x, octaves, growth);
    return Math.round(startUnits * Math.exp((shape(dayIndex) - shape(this.#startDay)) * this.#volatility));
  }
}

const levelCaches = (): Map<number, Float64Array>[] => Array.from({ length: 4 }, () => new Map<number, Float64Array>());
