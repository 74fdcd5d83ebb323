/**
 * The connection to the signal server, kept up for ever: any close that we did not ask for, 1000 included, means
 * disconnected; then reconnect with backoff, authenticate, and take the initial batch again. One deadline covers
 * connect, upgrade and auth. Any inbound frame is a sign of life; pings make sure that there is one, and a connection
 * that stays silent all the same only looks alive.
 *
 * What is asked has to be answered: an unanswered request may mean that the session has expired, so the feed authenticates
 * again; where that does not help the connection is given up, ever later, and it is reported as an incident. Only what was
 * asked counts: a feed that waits for the next wave is well.
 */

import WebSocket from "ws";
import { telemetry } from "../../telemetry.ts";
import type { Incidents } from "../alerts/incidents.ts";
import { exponentialBackoff, type Backoff } from "../backoff.ts";
import type { Warnings } from "../warnings.ts";
import type { SignalBuffer } from "./buffer.ts";
import type { Signal } from "./signal.ts";

export interface SignalFeed {
  start(): void;
  /** Asks for the current signals; the answer comes like any other signals. */
  request(): void;
  stop(): void;
}

export interface FeedOptions {
  url: string;
  token: string;
  /** Where the signals go. */
  buffer: SignalBuffer;
  incidents: Incidents;
  warnings: Warnings;
}

export type Asked = "get_signals" | "get_stats" | "ping";

type State = "DISCONNECTED" | "CONNECTING" | "AUTHENTICATED";

const subject = "signals";
const readyMs = 10_000;
const pingMs = 10_000;
const silenceMs = 30_000;
const answerMs = 5_000;
const leastGapMs = 1_900;
/** So many unanswered requests of a kind end a connection, then twice as many, and so on. */
const unansweredMost = { first: 6, cap: 48 };
/** Of the beats, so many go by from one look at the statistics to the next. */
const statsEvery = 6;
const backoffOptions = { firstMs: 1_000, capMs: 30_000, stableMs: 60_000 };

export class ReconnectingFeed implements SignalFeed {
  protected readonly options: FeedOptions;
  protected socket: WebSocket | undefined;
  protected state: State = "DISCONNECTED";
  protected readonly backoff: Backoff = exponentialBackoff(backoffOptions);
  /** Requests that wait for their answer, and how many of a kind had none in a row, on this connection. */
  readonly #waiting = new Map<Asked, NodeJS.Timeout>();
  readonly #unanswered = new Map<Asked, number>();
  #mostUnanswered = unansweredMost.first;
  readonly #askedAt = new Map<Asked, number>();
  #batchIsDue = false;
  #beats = 0;
  #openedAt = 0;
  #lastFrameAt = 0;
  #stopped = false;
  #redial: NodeJS.Timeout | undefined;
  #deadline: NodeJS.Timeout | undefined;
  #heartbeat: NodeJS.Timeout | undefined;

  constructor(options: FeedOptions) {
    this.options = options;
  }

  start(): void {
    this.#connect();
  }

  request(): void {
    this.ask("get_signals");
  }

  stop(): void {
    this.#stopped = true;
    clearTimeout(this.#redial);
    this.#quiet();
    this.socket?.close(1000);
  }

  protected ask(type: Asked): void {
    if (this.socket?.readyState !== WebSocket.OPEN) return;
    // Whoever asks again because of a missing answer and whoever asks by the clock are not to add up.
    if (Date.now() - (this.#askedAt.get(type) ?? -Infinity) < leastGapMs) return;
    this.#askedAt.set(type, Date.now());
    this.send({ type });
    if (!this.#waiting.has(type))
      this.#waiting.set(
        type,
        setTimeout(() => this.#overdue(type), answerMs),
      );
  }

  protected authenticate(): void {
    this.send({ type: "auth", token: this.options.token });
  }

  /** A request has had no answer, so many of its kind in a row. */
  protected unanswered(type: Asked, times: number): void {
    const { warnings } = this.options;
    warnings.warn(`feed ${type}`, `signal feed: ${type} was not answered, ${times} in a row`);
    if (times === 1) this.authenticate();
    else this.options.incidents.bad(subject, type, "it is not answered");
    if (times < this.#mostUnanswered) {
      this.ask(type);
      return;
    }
    this.#mostUnanswered = Math.min(this.#mostUnanswered * 2, unansweredMost.cap);
    this.socket?.terminate();
  }

  /** Nothing has come for longer than a ping and its answer take. */
  protected get isSilent(): boolean {
    return Date.now() - this.#lastFrameAt > silenceMs;
  }

  protected send(frame: object): void {
    if (this.socket?.readyState === WebSocket.OPEN) this.socket.send(JSON.stringify(frame));
  }

  /** The connection is gone and we did not want that. */
  protected onLost(socket: WebSocket, code: number): void {
    if (socket !== this.socket) return;
    this.#quiet();
    this.socket = undefined;
    this.setState("DISCONNECTED");
    if (this.#stopped) return;
    this.backoff.lasted(Date.now() - this.#openedAt);
    const waitMs = this.backoff.next();
    this.options.incidents.bad(subject, "the feed", `closed with ${code}`);
    const { warnings } = this.options;
    warnings.warn("feed closed", `signal feed closed with ${code}; reconnecting in ${Math.round(waitMs)} ms`);
    this.#redial = setTimeout(() => this.#connect(), waitMs);
  }

  protected setState(state: State): void {
    if (state === this.state) return;
    this.state = state;
    telemetry("state", { endpoint: "signal", state });
  }

  #connect(): void {
    this.setState("CONNECTING");
    const socket = new WebSocket(this.options.url);
    this.socket = socket;
    this.#openedAt = Date.now();
    this.#deadline = setTimeout(() => socket.terminate(), readyMs);
    socket.on("open", () => this.authenticate());
    socket.on("message", (data: Buffer) => this.#receive(data.toString("utf8")));
    // An error is always followed by a close, which is where we act.
    socket.on("error", (error) => this.options.warnings.warn("feed error", `signal feed: ${error.message}`));
    socket.on("close", (code) => this.onLost(socket, code));
  }

  #receive(text: string): void {
    const frame = JSON.parse(text) as { type: string; data?: readonly Signal[]; reason?: string };
    this.#lastFrameAt = Date.now();
    if (frame.type === "auth_success") this.#authenticated();
    else if (frame.type === "pong") this.#answered("ping");
    else if (frame.type === "stats") this.#answered("get_stats");
    else if (frame.type === "signals" && frame.data !== undefined) {
      const { length } = frame.data;
      if (length > 10) this.options.warnings.warn("feed batch", `received ${length} signals`);
      this.options.buffer.add(frame.data);
      // A push is of one signal, and the first batch was not asked for.
      if (!this.#batchIsDue && new Set(frame.data.map(({ id }) => id)).size > 1) this.#answered("get_signals");
      this.#batchIsDue = false;
    } else if (frame.reason !== undefined)
      this.options.warnings.warn(`feed ${frame.type}`, `signal server: ${frame.type}: ${frame.reason}`);
  }

  #authenticated(): void {
    clearTimeout(this.#deadline);
    this.#batchIsDue = true;
    this.setState("AUTHENTICATED");
    this.options.incidents.good(subject, "the feed");
    this.#heartbeat ??= setInterval(() => this.#beat(), pingMs);
    for (const type of this.#unanswered.keys()) this.ask(type);
  }

  #beat(): void {
    this.#beats += 1;
    // A server that has said goodbye may never end its TCP connection.
    const saidGoodbye = this.socket?.readyState === WebSocket.CLOSING;
    if (saidGoodbye || this.isSilent) this.socket?.terminate();
    else this.ask(this.#beats % statsEvery === 0 ? "get_stats" : "ping");
  }

  #answered(type: Asked): void {
    clearTimeout(this.#waiting.get(type));
    this.#waiting.delete(type);
    if (!this.#unanswered.delete(type)) return;
    this.#mostUnanswered = unansweredMost.first;
    this.options.incidents.good(subject, type);
  }

  #overdue(type: Asked): void {
    this.#waiting.delete(type);
    const times = (this.#unanswered.get(type) ?? 0) + 1;
    this.#unanswered.set(type, times);
    this.unanswered(type, times);
  }

  #quiet(): void {
    clearTimeout(this.#deadline);
    clearInterval(this.#heartbeat);
    this.#heartbeat = undefined;
    this.#waiting.forEach((timer) => clearTimeout(timer));
    this.#waiting.clear();
    // What had no answer before is not forgotten, or nobody would ever report that it has one again.
    this.#unanswered.forEach((_, type) => this.#unanswered.set(type, 0));
  }
}
