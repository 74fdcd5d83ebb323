/**
 * One client's WebSocket as every stream of the exchange uses it: sends whole frames through the gate, joins what is
 * sent at once into one write, cuts a client that reads too slowly, and journals the connection's life. `ws` reads and
 * closes; our own frames go past it to the raw socket. What is said on the connection is the session's business.
 */

import type { Duplex } from "node:stream";
import type { WebSocket } from "ws";
import type { Clock } from "../../core/clock.ts";
import type { JournalSink } from "../../core/journal/event.ts";
import type { Batch, Pending } from "./batch.ts";
import { Frame } from "./frame.ts";
import type { Gate } from "./gate.ts";

/** What all connections of one listener share. */
export interface SocketContext {
  endpoint: string;
  clock: Clock;
  journal: JournalSink;
  gate: Gate;
  batch: Batch;
  maxBufferedBytes: number;
}

export interface SocketIdentity {
  /** The journal's name, `public-3`. */
  connection: string;
  /** The `conn_id` on the wire. */
  connId: string;
  /** Incident ms without traffic after which the server cuts it. */
  maxIdleMs: number;
}

export class StreamSocket {
  readonly connection: string;
  readonly connId: string;
  readonly #context: SocketContext;
  readonly #ws: WebSocket;
  readonly #raw: Duplex;
  readonly #deflate: boolean;
  readonly #maxIdleMs: number;
  #pending: Pending | undefined;
  #activeMs: number;
  #closedByUs = false;
  #fed = false;
  #frames: Map<string, { count: number }> | undefined;

  constructor(ws: WebSocket, raw: Duplex, identity: SocketIdentity, context: SocketContext) {
    this.connection = identity.connection;
    this.connId = identity.connId;
    this.#maxIdleMs = identity.maxIdleMs;
    this.#context = context;
    this.#ws = ws;
    this.#raw = raw;
    this.#deflate = ws.extensions.includes("permessage-deflate");
    this.#activeMs = context.clock.now();
    context.journal.write("connection.opened", { endpoint: context.endpoint, connection: this.connection });
  }

  get open(): boolean {
    return this.#ws.readyState === this.#ws.OPEN;
  }

  /** A data frame of a topic. The same `Frame` may go to any number of sockets. */
  publish(topic: string, frame: Frame): void {
    this.#count(topic);
    if (!this.#fed) {
      this.#fed = true;
      this.#write("connection.fed", { what: topic });
    }
    this.#send("topic", topic, frame);
  }

  /** The answer to a request, as JSON text. */
  reply(op: string, text: string): void {
    this.#send("reply", op, new Frame(text));
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

  /** Journals a control frame that was answered. */
  requested(op: string, topics: readonly string[], text = ""): void {
    this.#write("exchange.stream-request", { op, topics: [...topics], success: text === "", text });
  }

  close(code: number, reason = ""): void {
    this.#closedByUs = true;
    this.#ws.close(code, reason);
  }

  /** Ends the connection without a close frame. */
  drop(): void {
    this.#closedByUs = true;
    this.#ws.terminate();
  }

  /** Anything the client sends keeps its connection alive. */
  touch(): void {
    this.#activeMs = this.#context.clock.now();
  }

  /** Cuts the connection where nothing was said on it for too long. */
  cutIfIdle(nowMs: number, maxIdleMs = this.#maxIdleMs): void {
    if (nowMs - this.#activeMs >= maxIdleMs) this.#cut("idle");
  }

  /** Writes what is pending. Called by the batch. */
  flush(): void {
    const pending = this.#pending;
    this.#pending = undefined;
    if (pending === undefined || !this.open) return;
    this.#raw.write(pending.bytes(this.#deflate));
    this.#activeMs = this.#context.clock.now();
    if (this.#raw.writableLength > this.#context.maxBufferedBytes) this.#cut("slow");
  }

  /** The connection is gone; called once by the listener. */
  closed(code: number, reason: string): void {
    const frames = Object.fromEntries([...(this.#frames ?? [])].map(([topic, { count }]) => [topic, count]));
    if (this.#frames !== undefined) this.#write("exchange.stream-delivered", { frames });
    const by = this.#closedByUs ? "server" : code === 1006 ? "network" : "client";
    this.#write("connection.closed", { by, code, reason });
  }

  #count(topic: string): void {
    this.#frames ??= new Map();
    const counted = this.#frames.get(topic);
    if (counted === undefined) this.#frames.set(topic, { count: 1 });
    else counted.count += 1;
  }

  #send(kind: "topic" | "reply", what: string, frame: Frame): void {
    const { gate, endpoint } = this.#context;
    if (gate.open) this.#queue(frame);
    else gate.pass({ endpoint, connection: this.connection, kind, what }, frame, (passed) => this.#queue(passed));
  }

  #queue(frame: Frame): void {
    this.#pending = (this.#pending ?? this.#context.batch.enter(this)).then(frame);
  }

  #cut(why: "slow" | "idle"): void {
    this.#write("exchange.stream-cut", { why, bufferedBytes: this.#raw.writableLength });
    this.drop();
  }

  #write(type: Parameters<JournalSink["write"]>[0], data: object): void {
    const { endpoint, journal } = this.#context;
    journal.write(type, { endpoint, connection: this.connection, ...data });
  }
}
