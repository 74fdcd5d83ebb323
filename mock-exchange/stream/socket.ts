/**
 * One client's WebSocket as every stream of the exchange uses it: sends whole frames, joins what is sent at once into
 * one write, cuts a client that reads too slowly, and journals the connection's life. `ws` reads and closes; our own
 * frames go past it to the raw socket. What is said on the connection is the session's business, what goes wrong with it
 * the faults' (`faults/`): they use the same few verbs.
 */

import type { Socket } from "node:net";
import type { WebSocket } from "ws";
import type { Clock, Timer } from "../../core/clock.ts";
import type { Pending } from "./batch.ts";
import { ConnectionLog, type HowEnded, type RequestFacts } from "./connection-log.ts";
import { Distance } from "./distance.ts";
import { StalledFlow } from "./faults/stalled-flow.ts";
import { Frame } from "./frame.ts";
import { Pinger } from "./pinger.ts";
import type { SocketContext, SocketIdentity } from "./socket-context.ts";
import { UnreadLimit } from "./unread-limit.ts";

export class StreamSocket {
  readonly connection: string;
  readonly connId: string;
  readonly path: string;
  readonly clock: Clock;
  /** Whether a fault alters any topic on this connection, or has renumbered one. */
  altered = false;
  readonly log: ConnectionLog;
  readonly unread: UnreadLimit;
  readonly #context: SocketContext<StreamSocket>;
  readonly #ws: WebSocket;
  readonly #raw: Socket;
  readonly #deflate: boolean;
  readonly #maxIdleMs: number;
  readonly #away: Distance | undefined;
  #pending: Pending | undefined;
  #activeMs: number;
  /** How we ended it. */
  #ended: HowEnded | undefined;
  #stalled: StalledFlow | undefined;
  /** While a fault keeps an answer back: the answers. */
  #unanswered: (() => void)[] | undefined;
  #timers: Set<Timer> | undefined;
  #pinger: Pinger | undefined;

  constructor(ws: WebSocket, raw: Socket, identity: SocketIdentity, context: SocketContext<StreamSocket>) {
    this.connection = identity.connection;
    this.connId = identity.connId;
    this.path = identity.path;
    this.clock = context.clock;
    this.#maxIdleMs = identity.maxIdleMs;
    this.#context = context;
    this.#ws = ws;
    this.#raw = raw;
    this.#deflate = ws.extensions.includes("permessage-deflate");
    this.#activeMs = context.clock.now();
    this.#away = context.latencyMs === undefined ? undefined : new Distance(context.clock, context.latencyMs);
    this.unread = new UnreadLimit(context.maxBufferedBytes);
    this.log = new ConnectionLog(context, this.connection);
  }

  get open(): boolean {
    return this.#ended === undefined && this.#ws.readyState === this.#ws.OPEN;
  }

  /** We have ended it, though the client may not have noticed yet. */
  get ending(): boolean {
    return this.#ended !== undefined;
  }

  /** A data frame of a topic. The same `Frame` may go to any number of sockets. */
  publish(topic: string, frame: Frame): void {
    const { faults } = this.#context;
    if (faults.watchesTopics || this.altered) faults.outgoing(this, topic, frame);
    else this.deliver(topic, frame);
  }

  /** Sends a data frame past the faults. */
  deliver(topic: string, frame: Frame): void {
    if (this.#stalled !== undefined) this.#stalled.later(() => this.deliver(topic, frame));
    else if (this.#ended === undefined) {
      this.log.delivered(topic);
      this.#queue(frame);
    }
  }

  /** Sends a frame that is no data. */
  send(frame: Frame): void {
    this.whenFlowing(() => this.#queue(frame));
  }

  /** The answer to a request, as JSON text. */
  reply(text: string): void {
    this.answer(() => this.whenFlowing(() => this.#queue(new Frame(text), "answer")));
  }

  /** Answers in whatever way, unless a fault keeps the answer back. */
  answer(send: () => void): void {
    if (this.#unanswered === undefined) this.whenFlowing(send);
    else this.#unanswered.push(send);
  }

  /** Does what brings about answers without sending them; they go out when the result is called. */
  withoutAnswer(act: () => void): () => void {
    const kept: (() => void)[] = [];
    this.#unanswered = kept;
    try {
      act();
    } finally {
      this.#unanswered = undefined;
    }
    return () => kept.forEach((send) => this.whenFlowing(send));
  }

  /** Journals a control frame and what it is answered. */
  requested(op: string, topics: readonly string[], text = "", more: Partial<RequestFacts> = {}): void {
    this.log.requested(op, topics, text, { answered: this.#unanswered === undefined, ...more });
  }

  /** A ping of the WebSocket protocol, whose pong is journaled. */
  ping(): void {
    this.whenFlowing(() => this.open && (this.#pinger ??= new Pinger(this.#ws, this.clock, this.log)).ping());
  }

  /** @param code 1005 is a close frame without a code. */
  close(code: number, reason = ""): void {
    this.whenFlowing(() => {
      if (this.ending) return;
      this.#end("close-frame");
      this.log.closing(code, reason, this.clock.now());
      if (code === 1005) this.#ws.close();
      else this.#ws.close(code, reason);
    });
  }

  /** Ends the connection without a close frame. */
  drop(): void {
    this.#end("fin");
    this.#ws.terminate();
  }

  /** A TCP FIN and nothing else. */
  fin(): void {
    this.#end("fin");
    this.#raw.end();
  }

  reset(): void {
    this.#end("reset");
    this.#raw.resetAndDestroy();
  }

  /** Bytes as they are, after everything that was sent before. */
  writeRaw(bytes: Buffer): void {
    this.flush();
    if (this.open) this.#raw.write(bytes);
  }

  /** Part of a frame, and then a reset: the part does arrive. */
  resetWithin(frame: Frame): void {
    const bytes = frame.bytes(this.#deflate);
    this.#end("reset");
    this.#raw.write(bytes.subarray(0, Math.ceil(bytes.length / 2)), () => this.#raw.resetAndDestroy());
  }

  /**
   * Nothing is answered and nothing sent until the function returned is called; then it goes on where it was, in order.
   * The bytes are read all the same, because only a reader notices that the client closes.
   */
  stall(): () => void {
    if (this.#stalled === undefined) this.flush();
    const stalled = (this.#stalled ??= new StalledFlow(this.#raw));
    const hold = stalled.hold();
    return () => {
      if (!stalled.letGo(hold) || this.#stalled !== stalled) return;
      this.#stalled = undefined;
      this.unread.besides(Infinity);
      this.touch();
      stalled.release();
    };
  }

  /** Now, or when the stall is over. */
  whenFlowing(act: () => void): void {
    if (this.#stalled === undefined) act();
    else this.#stalled.later(act);
  }

  /** Calls back unless the connection is gone by then. */
  after(ms: number, callback: () => void): void {
    this.own(this.clock.after(ms, callback));
  }

  /** A timer that ends with the connection. */
  own(timer: Timer): void {
    (this.#timers ??= new Set()).add(timer);
  }

  /** Anything the client sends keeps its connection alive. */
  touch(): void {
    this.#activeMs = this.clock.now();
  }

  /** Cuts the connection where nothing was said on it for too long. A stalled server does not look. */
  cutIfIdle(nowMs: number, maxIdleMs = this.#maxIdleMs): void {
    if (this.#stalled === undefined && nowMs - this.#activeMs >= maxIdleMs) this.#cut("idle");
  }

  /** Writes what is pending. Called by the batch. */
  flush(nowMs = this.clock.now()): void {
    const pending = this.#pending;
    this.#pending = undefined;
    if (pending === undefined || !this.open) return;
    this.#raw.write(pending.bytes(this.#deflate));
    this.#activeMs = nowMs;
    if (this.unread.exceededBy(this.#raw.writableLength)) this.#cut("slow");
  }

  /** The client's close frame has come. */
  closeFrameReceived(code: number): void {
    if (this.#ended === "close-frame") this.log.closeAnswered(code, this.clock.now());
  }

  /** The connection is gone; called once by the listener. */
  closed(code: number, reason: string, wasReset: boolean): void {
    this.#timers?.forEach((timer) => timer.cancel());
    this.#stalled = undefined;
    this.#context.faults.forget(this);
    this.log.closed(code, reason, this.#ended, wasReset);
  }

  #end(how: HowEnded): void {
    this.#away?.end();
    this.flush();
    this.#ended ??= how;
  }

  #queue(frame: Frame, as: "answer" | "frame" = "frame"): void {
    if (this.#away === undefined) this.#arrive(frame);
    else this.#away[as](() => this.#arrive(frame));
  }

  #arrive(frame: Frame): void {
    this.#pending = (this.#pending ?? this.#context.batch.enter(this)).then(frame);
  }

  #cut(why: "slow" | "idle"): void {
    this.log.cut(why, this.#raw.writableLength);
    this.drop();
  }
}
