/**
 * One request to the sink, from its head to its end: what became of it is written down once, when it is over. It is also
 * what a fault has in its hands: everything that can be done with a request.
 */

import type { IncomingMessage, ServerResponse } from "node:http";
import type { Clock, Timer } from "../core/clock.ts";
import type { JournalSink } from "../core/journal/event.ts";
import type { HttpConnection } from "../mock-kit/http/connections.ts";
import type { RateLimit } from "./rate-limit.ts";
import type { Reply } from "./reply.ts";

export interface RequestMeans {
  clock: Clock;
  journal: JournalSink;
  limit: RateLimit;
}

/** A line of the journal is no archive. */
const longestText = 500;

export class RequestInHand {
  readonly connection: HttpConnection;
  readonly method: string;
  readonly means: RequestMeans;
  /** What it asks to be written, once that was read. */
  text = "";
  /** Bytes of its body. */
  bytes = 0;
  /** The message that was taken. */
  message: string | null = null;
  /** Does the request's work: takes the message, where it is one. */
  perform: () => Reply;
  readonly #outgoing: ServerResponse;
  readonly #receivedAt: number;
  readonly #earlyMs: number;
  readonly #timers = new Set<Timer>();
  #reply: Reply | undefined;

  constructor(connection: HttpConnection, incoming: IncomingMessage, outgoing: ServerResponse, means: RequestMeans) {
    this.connection = connection;
    this.method = incoming.method ?? "";
    this.means = means;
    this.perform = () => ({ status: 500, headers: {}, body: "" });
    this.#outgoing = outgoing;
    this.#receivedAt = means.clock.elapsed();
    this.#earlyMs = this.method === "POST" ? means.limit.earlyMs(means.clock.now()) : 0;
    connection.busy += 1;
    outgoing.on("close", () => this.#end());
  }

  /** Calls back after incident ms, unless the request is over by then. */
  after(ms: number, callback: () => void): void {
    const timer = this.means.clock.after(ms, () => {
      this.#timers.delete(timer);
      callback();
    });
    this.#timers.add(timer);
  }

  answer(reply: Reply): void {
    if (this.#outgoing.destroyed) return;
    this.#begin(reply);
    this.#outgoing.end(reply.body);
  }

  /** Only the head, which announces the whole body. */
  begin(reply: Reply): void {
    this.#begin(reply);
    this.#outgoing.flushHeaders();
  }

  write(part: Buffer): void {
    this.#outgoing.write(part);
  }

  finish(): void {
    this.#outgoing.end();
  }

  #begin(reply: Reply): void {
    this.#reply = reply;
    const length = reply.status === 204 ? {} : { "content-length": Buffer.byteLength(reply.body) };
    this.#outgoing.writeHead(reply.status, { ...reply.headers, ...length });
  }

  #end(): void {
    this.#timers.forEach((timer) => timer.cancel());
    const { connection, method, message, bytes, means } = this;
    const outcome = this.#outgoing.writableFinished ? "answered" : (connection.ending ?? "unanswered");
    const { status = null, retryAfterMs = null, said = "" } = outcome === "answered" ? (this.#reply ?? {}) : {};
    const asked = { connection: connection.name, method, receivedAt: this.#receivedAt, bytes, earlyMs: this.#earlyMs };
    const text = this.text.slice(0, longestText);
    means.journal.write("webhook.request", { ...asked, text, outcome, status, message, retryAfterMs, said });
    connection.busy -= 1;
  }
}
