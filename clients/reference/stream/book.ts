/**
 * One order book as the stream sends it. A snapshot replaces everything, whatever its `u` (1 is a restarted service);
 * a delta counts only when it is the very next one. Between a gap and the next snapshot there is no book: it cannot be
 * read, because nothing says how wrong it is.
 */

export type Level = readonly [price: string, size: string];

export interface BookData {
  u: number;
  seq: number;
  b: readonly Level[];
  a: readonly Level[];
}

/** What became of a frame. `repeated`, `early`: dropped, which is right. `gap`: the book is lost. */
export type Outcome = "snapshot" | "applied" | "repeated" | "early" | "gap";

export class Book {
  readonly topic: string;
  readonly #bids = new Map<string, string>();
  readonly #asks = new Map<string, string>();
  u = 0;
  seq = 0;
  protected isSynced = false;

  constructor(topic: string) {
    this.topic = topic;
  }

  get synced(): boolean {
    return this.isSynced;
  }

  /** Not readable from now on until a snapshot comes. */
  lose(): void {
    this.isSynced = false;
    this.#bids.clear();
    this.#asks.clear();
  }

  snapshot(data: BookData): Outcome {
    this.lose();
    this.take(data);
    this.isSynced = true;
    return "snapshot";
  }

  delta(data: BookData): Outcome {
    if (!this.isSynced) return "early";
    if (data.u <= this.u) return "repeated";
    if (data.u > this.u + 1) {
      this.lose();
      return "gap";
    }
    this.take(data);
    return "applied";
  }

  /** Best first; undefined while the book is not to be trusted. */
  top(levels: number): { bids: Level[]; asks: Level[] } | undefined {
    if (!this.isSynced) return undefined;
    return { bids: best(this.#bids, -1).slice(0, levels), asks: best(this.#asks, 1).slice(0, levels) };
  }

  protected take({ u, seq, b, a }: BookData): void {
    apply(this.#bids, b);
    apply(this.#asks, a);
    this.u = u;
    this.seq = seq;
  }
}

/** A size of 0 removes the level; one that was never there is no matter. */
function apply(side: Map<string, string>, levels: readonly Level[]): void {
  for (const [price, size] of levels) {
    if (Number(size) === 0) side.delete(price);
    else side.set(price, size);
  }
}

function best(side: ReadonlyMap<string, string>, away: 1 | -1): Level[] {
  const ranked = [...side].map((level) => ({ level, rank: away * Number(level[0]) }));
  return ranked.sort((a, b) => a.rank - b.rank).map(({ level }) => level);
}
