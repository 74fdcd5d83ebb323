/**
 * The connection to the signal server, kept up for ever: any close that we did not ask for, 1000 included, means
 * disconnected; then reconnect with backoff, authenticate, and take the initial batch again. One deadline covers
 * connect, upgrade and auth. Any inbound frame is a sign of life; pings make sure that there is one, and a connection
 * that stays silent all the same only looks alive.
 */

import WebSocket from "ws";
import { telemetry } from "../../telemetry.ts";
import { exponentialBackoff, type Backoff } from "../backoff.ts";
import { log } from "../log.ts";
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
}

type State = "DISCONNECTED" | "CONNECTING" | "AUTHENTICATED";

const readyMs = 10_000;
const pingMs = 10_000;
const silenceMs = 30_000;
const backoffOptions = { firstMs: 1_000, capMs: 30_000, stableMs: 60_000 };

export class ReconnectingFeed implements SignalFeed {
  protected readonly options: FeedOptions;
  protected socket: WebSocket | undefined;
  protected state: State = "DISCONNECTED";
  readonly #backoff: Backoff = exponentialBackoff(backoffOptions);
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
    this.send({ type: "get_signals" });
  }

  stop(): void {
    this.#stopped = true;
    clearTimeout(this.#redial);
    this.#quiet();
    this.socket?.close(1000);
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
    this.#backoff.lasted(Date.now() - this.#openedAt);
    const waitMs = this.#backoff.next();
    log(`signal feed closed with ${code}; reconnecting in ${Math.round(waitMs)} ms`);
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
    socket.on("open", () => this.send({ type: "auth", token: this.options.token }));
    socket.on("message", (data: Buffer) => this.#receive(data.toString("utf8")));
    // An error is always followed by a close, which is where we act.
    socket.on("error", (error) => log(`signal feed: ${error.message}`));
    socket.on("close", (code) => this.onLost(socket, code));
  }

  #receive(text: string): void {
    const frame = JSON.parse(text) as { type: string; data?: readonly Signal[]; reason?: string };
    this.#lastFrameAt = Date.now();
    if (frame.type === "auth_success") this.#authenticated();
    else if (frame.type === "signals" && frame.data !== undefined) {
      if (frame.data.length > 10) log(`received ${frame.data.length} signals`);
      this.options.buffer.add(frame.data);
    } else if (frame.reason !== undefined) log(`signal server: ${frame.type}: ${frame.reason}`);
  }

  #authenticated(): void {
    clearTimeout(this.#deadline);
    this.setState("AUTHENTICATED");
    this.#heartbeat = setInterval(() => this.#beat(), pingMs);
  }

  #beat(): void {
    if (Date.now() - this.#lastFrameAt > silenceMs) this.socket?.terminate();
    else this.send({ type: "ping" });
  }

  #quiet(): void {
    clearTimeout(this.#deadline);
    clearInterval(this.#heartbeat);
  }
}
