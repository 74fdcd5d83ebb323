/**
 * The events of an engine with the moment they happened, as lines of JSON to whoever asked for them. The moment is on
 * the machine's monotonic clock, which all its threads and processes share, so a reader knows it exactly however late
 * the line arrives.
 */

import { Readable } from "node:stream";
import type { EmbeddedEvent } from "./events.ts";

/** One line of the feed. */
export type FedEvent = EmbeddedEvent & { monotonicMs: number };

export class EventFeed {
  readonly #readers = new Map<Readable, string>();

  publish(event: EmbeddedEvent): void {
    if (this.#readers.size === 0) return;
    const fed: FedEvent = { ...event, monotonicMs: Number(process.hrtime.bigint()) / 1e6 };
    const line = `${JSON.stringify(fed)}\n`;
    for (const [reader, prefix] of this.#readers) if (event.proxy.startsWith(prefix)) reader.push(line);
  }

  /** Everything from now on about proxies whose name begins so. An empty line comes first: it says that the feed is on. */
  read(prefix: string): Readable {
    const reader = new Readable({ read: () => undefined });
    this.#readers.set(reader, prefix);
    reader.on("close", () => this.#readers.delete(reader));
    reader.push("\n");
    return reader;
  }

  /** Ends every feed after its last line. */
  close(): void {
    for (const reader of this.#readers.keys()) reader.push(null);
  }
}
