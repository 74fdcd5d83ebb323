/**
 * A book of one depth as it is published: counted by `u`, and what changed since the state before. REST and the stream
 * of a depth read the same feed, which is why they agree at the same `u`. A change is handed out once, so two topics
 * never share a feed.
 */

import type { Side, Sides } from "./liquidity.ts";

/** Flat: price, size, price, size; a size of 0 removes the level. */
export interface Delta {
  bids: number[];
  asks: number[];
}

export interface BookSource {
  /** Which state of the book is public, and how often the engine changed it. */
  readonly publicState: number;
  readonly publicVersion: number;
  /** The cross sequence of what is public. */
  readonly seq: number;
  publicSides(depth: number): Sides;
}

export class BookFeed {
  readonly depth: number;
  readonly #source: BookSource;
  #state: number;
  #version: number;
  sides: Sides;
  u: number;
  /** The cross sequence of the newest change: the same `u` always comes with the same `seq`. */
  seq: number;

  constructor(depth: number, firstU: number, source: BookSource) {
    this.depth = depth;
    this.#source = source;
    this.#state = source.publicState;
    this.#version = source.publicVersion;
    this.sides = cut(source.publicSides(depth), depth);
    this.u = firstU + this.#state;
    this.seq = source.seq;
  }

  /** Brings the feed to what is public now. @returns What changed; undefined where nothing did. */
  sync(): Delta | undefined {
    const { publicState, publicVersion } = this.#source;
    if (publicState === this.#state && publicVersion === this.#version) return undefined;
    const next = cut(this.#source.publicSides(this.depth), this.depth);
    const delta = {
      bids: changes(this.sides.bids, next.bids, -1),
      asks: changes(this.sides.asks, next.asks, 1),
    };
    const states = publicState - this.#state;
    this.#state = publicState;
    this.#version = publicVersion;
    this.sides = next;
    if (delta.bids.length + delta.asks.length === 0) return undefined;
    this.u += Math.max(1, states);
    this.seq = this.#source.seq;
    return delta;
  }
}

const cut = (sides: Sides, depth: number): Sides => ({
  bids: first(sides.bids, depth),
  asks: first(sides.asks, depth),
});

const first = (side: Side, depth: number): Side => ({
  prices: side.prices.subarray(0, depth),
  sizes: side.sizes.subarray(0, depth),
  length: Math.min(side.length, depth),
});

/** What makes one side of the other, best price first. */
function changes(before: Side, after: Side, away: 1 | -1): number[] {
  const found: number[] = [];
  let a = 0;
  let b = 0;
  while (a < before.length || b < after.length) {
    const old = a < before.length ? (before.prices[a] ?? 0) : Infinity * away;
    const fresh = b < after.length ? (after.prices[b] ?? 0) : Infinity * away;
    if (old === fresh) {
      const size = after.sizes[b] ?? 0;
      if (before.sizes[a] !== size) found.push(fresh, size);
      a += 1;
      b += 1;
    } else if (away * (old - fresh) < 0) {
      found.push(old, 0);
      a += 1;
    } else {
      found.push(fresh, after.sizes[b] ?? 0);
      b += 1;
    }
  }
  return found;
}
