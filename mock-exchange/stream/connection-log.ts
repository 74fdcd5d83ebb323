/** What the journal is told of one connection: its life, its requests, and how many data frames it was sent. */

import type { JournalSink } from "../../core/journal/event.ts";

export type HowEnded = "close-frame" | "fin" | "reset";

export class ConnectionLog {
  readonly #journal: JournalSink;
  readonly #name: { endpoint: string; connection: string };
  #frames: Map<string, { count: number }> | undefined;
  /** Most often the next frame is of the topic of the one before. */
  #newest: { topic: string; of: { count: number } } | undefined;

  constructor(journal: JournalSink, endpoint: string, connection: string) {
    this.#journal = journal;
    this.#name = { endpoint, connection };
    this.#write("connection.opened", {});
  }

  authenticated(): void {
    this.#write("connection.authenticated", {});
  }

  authRefused(reason: string): void {
    this.#write("connection.auth-refused", { reason });
  }

  subscribed(topics: readonly string[]): void {
    this.#write("connection.subscribed", { topics: [...topics] });
  }

  /** A control frame and what it is answered. */
  requested(op: string, topics: readonly string[], text: string, answered: boolean): void {
    this.#write("exchange.stream-request", { op, topics: [...topics], success: text === "", text, answered });
  }

  /** An answer that was kept back goes out now. */
  answered(op: string, afterMs: number): void {
    this.#write("exchange.stream-answered", { op, afterMs });
  }

  closeAnswered(code: number, afterMs: number): void {
    this.#write("connection.close-answered", { code, afterMs });
  }

  pinged(nth: number): void {
    this.#write("connection.pinged", { nth });
  }

  pong(nth: number, afterMs: number): void {
    this.#write("connection.pong", { nth, afterMs });
  }

  cut(why: "slow" | "idle", bufferedBytes: number): void {
    this.#write("exchange.stream-cut", { why, bufferedBytes });
  }

  /** A data frame went out. */
  delivered(topic: string): void {
    if (this.#newest?.topic !== topic) this.#newest = { topic, of: this.#countOf(topic) };
    this.#newest.of.count += 1;
  }

  #countOf(topic: string): { count: number } {
    if (this.#frames === undefined) this.#write("connection.fed", { what: topic });
    this.#frames ??= new Map();
    const known = this.#frames.get(topic);
    const counted = known ?? { count: 0 };
    if (known === undefined) this.#frames.set(topic, counted);
    return counted;
  }

  /** @param ours How we ended it; undefined where we did not. */
  closed(code: number, reason: string, ours: HowEnded | undefined, wasReset: boolean): void {
    const frames = Object.fromEntries([...(this.#frames ?? [])].map(([topic, { count }]) => [topic, count]));
    if (this.#frames !== undefined) this.#write("exchange.stream-delivered", { frames });
    const by = ours !== undefined ? "server" : code === 1006 ? "network" : "client";
    const how = ours ?? (code !== 1006 ? "close-frame" : wasReset ? "reset" : "fin");
    this.#write("connection.closed", { by, code, reason, how });
  }

  #write(type: Parameters<JournalSink["write"]>[0], data: object): void {
    this.#journal.write(type, { ...this.#name, ...data });
  }
}
