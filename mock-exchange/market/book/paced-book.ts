/**
 * A book as it is public to one depth's readers where books are pushed as often as Bybit does: it stands still between
 * two pushes, and each push is one state on. Fewer levels are pushed more often.
 */

import type { BookSource } from "./book-feed.ts";
import type { Sides } from "./liquidity.ts";

/** Levels -> incident ms between two pushes. */
const pushMs: ReadonlyMap<number, number> = new Map([
  [1, 10],
  [50, 20],
  [200, 100],
  [1_000, 200],
]);

interface Moving extends BookSource {
  readonly untilMs: number;
}

export class PacedBook implements BookSource {
  readonly #source: Moving;
  readonly #everyMs: number;
  #slot: number;
  #version: number;

  /** @param stateMs A book that changes less often than it may be pushed is pushed when it changes. */
  constructor(source: Moving, depth: number, stateMs: number) {
    this.#source = source;
    this.#everyMs = Math.max(pushMs.get(depth) ?? 0, stateMs);
    this.#slot = this.publicState;
    this.#version = source.publicVersion;
  }

  /** Which push a moment belongs to. */
  slot(epochMs: number): number {
    return Math.floor(epochMs / this.#everyMs);
  }

  get publicState(): number {
    return this.slot(this.#source.untilMs);
  }

  /** What the engine changed is seen with the next push. */
  get publicVersion(): number {
    if (this.#slot !== this.publicState) {
      this.#slot = this.publicState;
      this.#version = this.#source.publicVersion;
    }
    return this.#version;
  }

  get seq(): number {
    return this.#source.seq;
  }

  publicSides(depth: number): Sides {
    return this.#source.publicSides(depth);
  }
}
