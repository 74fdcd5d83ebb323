/**
 * The newest rows of a log that has no end, so that a load of any length needs bounded memory. It forgets in batches:
 * there are always at least `kept` rows, where there were as many, and at most a quarter more.
 *
 * Bybit forgets by age (history goes back two years, 24 hours for what was cancelled unfilled, and `openOnly=1` shows
 * the newest 500 closed orders). A load or a soak ends within those, so age bounds nothing here and number does.
 */

/** Two hundred of the largest pages: far more than a client reads back after an outage, together some 100 MB. */
export const defaultKeptRows = 20_000;

export const mostRows = (kept: number): number => kept + Math.ceil(kept / 4);

export class Newest<T> {
  readonly #kept: number;
  readonly #rows: T[] = [];

  constructor(kept: number) {
    this.#kept = kept;
  }

  get size(): number {
    return this.#rows.length;
  }

  /** @returns The rows that were forgotten for it. */
  add(row: T): T[] {
    this.#rows.push(row);
    return this.#rows.length > mostRows(this.#kept) ? this.#rows.splice(0, this.#rows.length - this.#kept) : [];
  }

  /** A copy. */
  newestFirst(): T[] {
    return this.#rows.toReversed();
  }
}
