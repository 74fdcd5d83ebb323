/** What the journal records of one connection: its life, its requests, and how many data frames it was sent. */

import type { JournalSink } from "../../core/journal/event.ts";
import type { StreamedOrder } from "./events.ts";

export type HowEnded = "close-frame" | "fin" | "reset";

/** What else there is to say of a request. */
export interface RequestFacts {
  answered: boolean;
  /** Of one on the trade stream. */
  orders?: readonly StreamedOrder[];
}

/** What it shares with the other connections of its listener. */
interface LogContext {
  journal: JournalSink;
  endpoint: string;
  /** Data frames of all of them. */
  sent: { frames: number };
}

export class ConnectionLog {
  readonly #journal: JournalSink;
  readonly #sent: { frames: number };
  readonly #name: { endpoint: string; connection: string };
  #closing: { code: number; reason: string; atMs: number } | undefined;
  #frames: Map<string, { count: number }> | undefined;
  /** Most often the next frame is of the topic of the one before. */
  #newest: { topic: string; of: { count: number } } | undefined;

  constructor({ journal, endpoint, sent }: LogContext, connection: string) {
    this.#journal = journal;
    this.#name = { endpoint, connection };
    this.#sent = sent;
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
  requested(op: string, topics: readonly string[], text: string, facts: RequestFacts): void {
    this.#write("exchange.stream-request", { op, topics: [...topics], success: text === "", text, ...facts });
  }

  /** An answer that was kept back goes out now. */
  answered(op: string, afterMs: number): void {
    this.#write("exchange.stream-answered", { op, afterMs });
  }

  /** We send a close frame. */
  closing(code: number, reason: string, nowMs: number): void {
    this.#closing = { code, reason, atMs: nowMs };
  }

  /** What the client makes of it is its own business: aiohttp and pybit answer 1000 to every code. */
  closeAnswered(code: number, nowMs: number): void {
    this.#write("connection.close-answered", { code, afterMs: nowMs - (this.#closing?.atMs ?? nowMs) });
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
    this.#sent.frames += 1;
  }

  #countOf(topic: string): { count: number } {
    if (this.#frames === undefined) this.#write("connection.fed", { what: topic });
    this.#frames ??= new Map();
    const known = this.#frames.get(topic);
    if (known !== undefined) return known;
    const counted = { count: 0 };
    this.#frames.set(topic, counted);
    this.#write("exchange.topic-fed", { topic });
    return counted;
  }

  /** @param ours How we ended it; undefined where we did not. Where we did by a close frame, ours is the code. */
  closed(seenCode: number, seenReason: string, ours: HowEnded | undefined, wasReset: boolean): void {
    const seen = { code: seenCode, reason: seenReason };
    const { code, reason } = ours === "close-frame" ? (this.#closing ?? seen) : seen;
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
