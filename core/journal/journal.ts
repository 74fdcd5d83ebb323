/**
 * The live journal of one run: append-only, in memory and as NDJSON on disk, and something to wait on. Only events
 * belong here; data frames are counted by their writers, not stored one by one.
 */

import { createWriteStream, type WriteStream } from "node:fs";
import { finished } from "node:stream/promises";
import { wallClock, type Clock } from "../clock.ts";
import type { EventMap, EventType, JournalEvent, JournalSink } from "./event.ts";
import { JournalView } from "./view.ts";

/** Wall time in which a line may be lost where the process is killed. */
const gatherMs = 100;

type Listener = (event: JournalEvent) => void;

export class Journal implements JournalSink {
  readonly #clock: Clock;
  readonly #events: JournalEvent[] = [];
  readonly #view = new JournalView(this.#events);
  readonly #listeners = new Set<Listener>();
  #file: WriteStream | undefined;
  /** Lines on their way to the file: handed over one by one they cost more than what they tell of. */
  #lines = "";

  /** @param path Where to keep the journal; without it, in memory only. */
  constructor(clock: Clock, path?: string) {
    this.#clock = clock;
    this.#file = path === undefined ? undefined : createWriteStream(path);
  }

  write<T extends EventType>(type: T, data: EventMap[T]): JournalEvent<T> {
    const at = Math.round(this.#clock.elapsed() * 1_000) / 1_000;
    const event = { seq: this.#events.length, at, type, ...data } as unknown as JournalEvent;
    this.#events.push(event);
    if (this.#file !== undefined) this.#toFile(`${JSON.stringify(event)}\n`);
    if (this.#listeners.size > 0) for (const listener of [...this.#listeners]) listener(event);
    return event as unknown as JournalEvent<T>;
  }

  /** What has been written so far, and what will be: the view grows with the journal. */
  view(): JournalView {
    return this.#view;
  }

  /** Calls back for every event from now on; returns the way to stop. */
  subscribe(listener: Listener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Resolves once the file holds everything. */
  async close(): Promise<void> {
    this.#listeners.clear();
    const file = this.#file;
    if (file === undefined) return;
    this.#flush();
    // A straggler (a socket that closes last) may still write; the file is not the place for it any more.
    this.#file = undefined;
    file.end();
    await finished(file);
  }

  #toFile(line: string): void {
    if (this.#lines === "") wallClock.after(gatherMs, () => this.#flush());
    this.#lines += line;
  }

  #flush(): void {
    if (this.#lines !== "") this.#file?.write(this.#lines);
    this.#lines = "";
  }
}
