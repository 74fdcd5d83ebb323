/**
 * Journals what every published state of a book really is, as a checksum, so that whoever keeps the book can be held
 * against it: CRC-32 over `price:size` of the best 25 bids and asks in turn, joined by colons. A state is known by its
 * `seq`, which no fault changes. Only for runs that ask for it: it is a line a state.
 */

import { crc32 } from "node:zlib";
import type { JournalSink } from "../../../core/journal/event.ts";
import type { Frame } from "../frame.ts";

declare module "../../../core/journal/event.ts" {
  interface EventMap {
    /** A book has a new public state; `bid` and `ask` are its best prices, empty where a side is. */
    "exchange.book": { topic: string; seq: number; checksum: number; bid: string; ask: string };
  }
}

type Level = readonly [price: string, size: string];

const checksumLevels = 25;

export class BookWitness {
  readonly #journal: JournalSink;
  readonly #written = new Map<string, number>();

  constructor(journal: JournalSink) {
    this.#journal = journal;
  }

  /** @param snapshot The topic's state as a new subscriber would get it. */
  write(topic: string, snapshot: Frame | undefined): void {
    if (snapshot === undefined || !topic.startsWith("orderbook.")) return;
    const { b, a, seq } = (JSON.parse(snapshot.text) as { data: { b: Level[]; a: Level[]; seq: number } }).data;
    if (this.#written.get(topic) === seq) return;
    this.#written.set(topic, seq);
    const parts: string[] = [];
    for (let at = 0; at < checksumLevels; at += 1) {
      for (const level of [b[at], a[at]]) if (level !== undefined) parts.push(`${level[0]}:${level[1]}`);
    }
    const [bid, ask] = [b[0]?.[0] ?? "", a[0]?.[0] ?? ""];
    this.#journal.write("exchange.book", { topic, seq, checksum: crc32(parts.join(":")), bid, ask });
  }
}
