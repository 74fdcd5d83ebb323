/**
 * The order books of one connection. All are lost with it. A book that has a gap, or gets changes and no snapshot, is
 * asked for again: that topic and no other. A topic that says nothing at all is a matter of freshness. What became of each book is reported by telemetry, with a checksum of what it holds.
 */

import { telemetry } from "../../telemetry.ts";
import { bookData } from "./book-data.ts";
import { Book, type Outcome } from "./book.ts";
import { checksum, checksumLevels } from "./checksum.ts";
import type { DataFrame } from "./frame.ts";
import { depthOf } from "./topics.ts";

export interface BooksOptions {
  topics: readonly string[];
  /** This topic needs a new snapshot. */
  renew(topic: string): void;
}

interface Kept {
  book: Book;
  /** While no snapshot is there: when to ask again. */
  asking?: NodeJS.Timeout;
  reportedAt: number;
  /** When something last happened to it but a change like any other. */
  eventAt: number;
}

const snapshotWithinMs = 5_000;
const longestAskMs = 60_000;
/** How often a book's state is reported while nothing special happens, and once nothing has for long. */
const tellEveryMs = 5_000;
const calmEveryMs = 60_000;
const calmAfterMs = 300_000;

export class Books {
  protected readonly options: BooksOptions;
  protected readonly kept: ReadonlyMap<string, Kept>;
  gaps = 0;
  malformed = 0;

  constructor(options: BooksOptions) {
    this.options = options;
    const topics = options.topics.filter((topic) => depthOf(topic) !== undefined);
    this.kept = new Map(
      topics.map((topic) => [topic, { book: this.makeBook(topic), reportedAt: -Infinity, eventAt: -Infinity }]),
    );
  }

  /** A book that may be read, or undefined while there is none. */
  get(topic: string): Book | undefined {
    const book = this.kept.get(topic)?.book;
    return book?.synced === true ? book : undefined;
  }

  get unsynced(): string[] {
    return [...this.kept.values()].filter(({ book }) => !book.synced).map(({ book }) => book.topic);
  }

  lost(): void {
    for (const kept of this.kept.values()) {
      clearTimeout(kept.asking);
      delete kept.asking;
      if (kept.book.synced) this.#lose(kept, "connection lost");
    }
  }

  /** @returns Whether the book changed. */
  receive(frame: DataFrame): boolean {
    const kept = this.kept.get(frame.topic);
    if (kept === undefined) return false;
    const data = bookData(frame);
    if (data === undefined) {
      this.malformed += 1;
      return false;
    }
    const outcome = data.type === "snapshot" ? kept.book.snapshot(data) : kept.book.delta(data);
    this.#follow(kept, outcome);
    return outcome === "snapshot" || outcome === "applied";
  }

  protected makeBook(topic: string): Book {
    return new Book(topic);
  }

  #follow(kept: Kept, outcome: Outcome): void {
    const { book } = kept;
    if (outcome === "gap") {
      this.gaps += 1;
      this.#report(kept, "gap");
      this.options.renew(book.topic);
      this.#ask(kept, snapshotWithinMs);
    } else if (outcome === "early" && kept.asking === undefined) {
      // The snapshot may be on its way.
      this.#ask(kept, snapshotWithinMs);
    } else if (outcome === "snapshot") {
      const waited = kept.asking !== undefined;
      clearTimeout(kept.asking);
      delete kept.asking;
      if (waited) this.#report(kept, "snapshot");
    }
    const now = performance.now();
    if (outcome !== "applied") kept.eventAt = now;
    const everyMs = now - kept.eventAt > calmAfterMs ? calmEveryMs : tellEveryMs;
    if (now - kept.reportedAt >= everyMs) this.#report(kept, outcome);
  }

  /** Asks again, ever less often, until a snapshot comes. */
  #ask(kept: Kept, waitMs: number): void {
    clearTimeout(kept.asking);
    kept.asking = setTimeout(() => {
      if (kept.book.synced) return;
      this.#report(kept, "no snapshot");
      this.options.renew(kept.book.topic);
      this.#ask(kept, Math.min(waitMs * 2, longestAskMs));
    }, waitMs);
  }

  #lose(kept: Kept, why: string): void {
    kept.book.lose();
    this.#report(kept, why);
  }

  #report(kept: Kept, why: string): void {
    kept.reportedAt = performance.now();
    const { topic, u, seq } = kept.book;
    const top = kept.book.top(checksumLevels);
    const state = top === undefined ? { synced: false } : { synced: true, checksum: checksum(top) };
    telemetry("book", { topic, why, u, seq, ...state, bid: top?.bids[0]?.[0], ask: top?.asks[0]?.[0] });
  }
}
