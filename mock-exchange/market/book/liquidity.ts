/**
 * The orders of the crowd in an instrument's book, as a function of the seed: around the last trade of the flow, each
 * price with a size that is redrawn now and then, the best ones every time. Sizes belong to prices and not to distances,
 * so a book that moves keeps its far levels.
 */

import type { Spec } from "../catalogue/spec.ts";
import { hash } from "../hash.ts";
import type { Tape } from "../tape/tape.ts";
import type { Units } from "../tape/units.ts";

/** One side, best price first, in ticks and steps. */
export interface Side {
  prices: Float64Array;
  sizes: Float64Array;
  length: number;
}

export interface Sides {
  bids: Side;
  asks: Side;
}

const typicalUsd = 15_000;
const wordSize = 4_294_967_296;
/** The shortest time between two sizes of a level that is not the best one, in states of the book. */
const shortestStates = 8;

export class Liquidity {
  readonly #key: number;
  readonly #spec: Spec;
  readonly #tape: Tape;
  readonly #stateMs: number;
  readonly #typicalSteps: number;
  /** Ticks between two prices. */
  #ticks = 1;
  #newest: { state: number; depth: number; sides: Sides } | undefined;

  /** @param stateMs Incident ms between two states, whole steps of the grid. */
  constructor(options: { key: number; spec: Spec; tape: Tape; units: Units; stateMs: number }) {
    const { spec, units } = options;
    this.#key = options.key;
    this.#spec = spec;
    this.#tape = options.tape;
    this.#stateMs = options.stateMs;
    const price = spec.instrument.category === "inverse" ? 1 : spec.coin.price;
    this.#typicalSteps = Math.max(4, Math.round(typicalUsd / price / units.step.value));
  }

  coarsenTick(times: number): void {
    this.#ticks *= times;
    this.#newest = undefined;
  }

  /** Which state of the book a moment belongs to. */
  state(epochMs: number): number {
    return Math.floor(epochMs / this.#stateMs);
  }

  sides(state: number, depth: number): Sides {
    if (this.#newest?.state === state && this.#newest.depth >= depth) return this.#newest.sides;
    const { price, buy } = this.#tape.flow.before(state * this.#stateMs);
    const { levels, spreadTicks } = this.#spec.sparse;
    const ask = buy ? price : price + spreadTicks;
    const count = Math.min(depth, levels);
    const sides = {
      bids: this.#side(state, Math.floor((ask - spreadTicks) / this.#ticks) * this.#ticks, -1, count),
      asks: this.#side(state, Math.ceil(ask / this.#ticks) * this.#ticks, 1, count),
    };
    this.#newest = { state, depth, sides };
    return sides;
  }

  #side(state: number, best: number, away: 1 | -1, count: number): Side {
    const prices = new Float64Array(count);
    const sizes = new Float64Array(count);
    let length = 0;
    for (let price = best; length < count && price > 0; price += away * this.#ticks) {
      prices[length] = price;
      sizes[length] = length === 0 ? this.#bestSize(state, price) : this.#size(state, price);
      length += 1;
    }
    return { prices, sizes, length };
  }

  /** Always different from the state before, so that every state changes the book. */
  #bestSize(state: number, price: number): number {
    const draw = hash(this.#key, price, state | 0) / wordSize;
    return 2 * Math.floor(draw * this.#typicalSteps) + 1 + (state & 1);
  }

  #size(state: number, price: number): number {
    const own = hash(this.#key, price, 3);
    const lasts = shortestStates << (own & 7);
    const redrawn = Math.floor((state + (own >>> 8)) / lasts);
    const draw = hash(own, redrawn, 5) / wordSize;
    return 1 + Math.floor(draw * draw * 3 * this.#typicalSteps);
  }
}
