/**
 * The live journal of one run: append-only, in memory and as NDJSON on disk, and something to wait on. Only events
 * belong here; data frames are counted by their writers, not stored one by one.
 */

import type { Clock } from "../clock.ts";
import { LineFile } from "../line-file.ts";
import type { EventMap, EventType, JournalEvent, JournalSink } from "./event.ts";
import { JournalView } from "./view.ts";

type Listener = (event: JournalEvent) => void;
type Redact = <T extends EventType>(type: T, data: EventMap[T]) => EventMap[T];

export class Journal implements JournalSink {
  readonly #clock: Clock;
  readonly #redact: Redact;
  readonly #events: JournalEvent[] = [];
  readonly #view = new JournalView(this.#events);
  readonly #listeners = new Set<Listener>();
  readonly #file: LineFile | undefined;
  #closed = false;

  /**
   * @param path Where to keep the journal, for its owner alone: what clients say may be secret. Without it, in memory only.
   * @param redact Gives an event's data as it may be kept.
   */
  constructor(clock: Clock, path?: string, redact: Redact = (_type, data) => data) {
    this.#clock = clock;
    this.#redact = redact;
    this.#file = path === undefined ? undefined : new LineFile(path);
  }

  write<T extends EventType>(type: T, data: EventMap[T]): JournalEvent<T> {
    const at = Math.round(this.#clock.elapsed() * 1_000) / 1_000;
    const event = { seq: this.#events.length, at, type, ...this.#redact(type, data) } as unknown as JournalEvent;
    // What comes after the end is judged by nobody: not now, and not from the file.
    if (this.#closed) return event as unknown as JournalEvent<T>;
    this.#events.push(event);
    this.#file?.write(JSON.stringify(event));
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

  /** Resolves once the file holds everything. @returns The file's SHA-256, null where the journal is in memory only. */
  async close(): Promise<string | null> {
    this.#closed = true;
    this.#listeners.clear();
    return (await this.#file?.close()) ?? null;
  }
}
