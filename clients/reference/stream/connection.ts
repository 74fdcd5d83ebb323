/**
 * One stream of the exchange, kept up for ever. Any close that we did not ask for, 1000 included, means lost; then it is
 * dialled again, one dial at a time, and its session starts anew. One deadline covers everything up to the upgrade. What
 * is sent on the stream is the session's business: subscriptions, auth, books.
 */

import type { IncomingMessage } from "node:http";
import type { Socket } from "node:net";
import WebSocket from "ws";
import { telemetry } from "../../telemetry.ts";
import type { Backoff } from "../backoff.ts";
import { messageOf } from "../message-of.ts";
import type { Warnings } from "../warnings.ts";
import type { DialBudget } from "./dial-budget.ts";
import { isData, parseFrame, type DataFrame, type StreamFrame } from "./frame.ts";
import { Heartbeat } from "./heartbeat.ts";
import { pauseAfterRefusal } from "./refusal.ts";
import { StaleAfter, type StaleTimer } from "./stale-timer.ts";

/** What is sent on a stream. Whatever it throws is counted and the stream reads on. */
export interface StreamSession {
  /** A new connection stands; nothing that was true on the last one is true on it. */
  opened(): void;
  data(frame: DataFrame): void;
  /** Any frame that is no data: answers, pongs. */
  control(frame: StreamFrame): void;
  lost(): void;
}

export interface StreamOptions {
  /** Its name in the log: `conn_0`. */
  name: string;
  /** Its name in telemetry: `exchange-public`. */
  endpoint: string;
  url: string;
  session: StreamSession;
  backoff: Backoff;
  /** Shared by all connections of the client. */
  budget: DialBudget;
  warnings: Warnings;
  /** No data for this long is a dead stream; Infinity where it may rightly say nothing. Default 55 s. */
  staleMs?: number;
}

export type StreamState = "DISCONNECTED" | "CONNECTING" | "CONNECTED";

/** Ten seconds are the most that is allowed; a timer that is late must still be in time. */
const openWithinMs = 9_000;
/** A minute is the most; again a timer that is late must be in time. */
const defaultStaleMs = 55_000;
const closeWithinMs = 2_000;
/** A frame of several megabytes is legal; more is nothing that a market says. */
const maxPayload = 64 * 2 ** 20;

export class StreamConnection {
  protected readonly options: StreamOptions;
  protected socket: WebSocket | undefined;
  protected readonly heartbeat: Heartbeat;
  protected readonly stale: StaleTimer;
  /** Frames that were no JSON object, and sessions that threw. */
  errors = 0;
  #state: StreamState = "DISCONNECTED";
  #raw: Socket | undefined;
  #openedAt: number | undefined;
  #pauseMs = 0;
  #stopped = false;
  #redial: NodeJS.Timeout | undefined;
  #deadline: NodeJS.Timeout | undefined;

  constructor(options: StreamOptions) {
    this.options = options;
    this.heartbeat = this.makeHeartbeat({
      ping: () => this.send({ op: "ping" }),
      bytesRead: () => this.#raw?.bytesRead ?? 0,
      dead: () => this.abandon("it does not answer pings"),
    });
    this.stale = this.makeStaleTimer(options.staleMs ?? defaultStaleMs, () => this.abandon("no data"));
  }

  get name(): string {
    return this.options.name;
  }

  get state(): StreamState {
    return this.#state;
  }

  /** How long no data has come in, ms. */
  get dataAgeMs(): number {
    return this.stale.ageMs;
  }

  start(): void {
    this.#dialInTurn();
  }

  /** @returns False where there is nobody to send to. */
  send(frame: object): boolean {
    if (this.socket?.readyState !== WebSocket.OPEN) return false;
    this.socket.send(JSON.stringify(frame));
    return true;
  }

  /**
   * Gives this connection up and dials a new one. The TCP socket is reset: a close handshake, and even a FIN, would wait
   * for a peer that is not there.
   */
  abandon(why: string): void {
    const { socket } = this;
    if (socket === undefined) return;
    this.options.warnings.warn(`${this.name} given up`, `${this.name}: given up, ${why}`);
    if (this.#raw === undefined) socket.terminate();
    else this.#raw.resetAndDestroy();
    // Its close may take its time; it is not ours any more.
    this.onLost(socket, 1006);
  }

  /** Closes for good; resolves when the socket is gone. */
  async stop(): Promise<void> {
    this.#stopped = true;
    clearTimeout(this.#redial);
    const { socket } = this;
    this.#quiet();
    this.guarded(() => this.options.session.lost());
    if (socket === undefined || socket.readyState === WebSocket.CLOSED) return;
    const gone = new Promise((resolve) => socket.once("close", resolve));
    socket.close(1000);
    const impatience = setTimeout(() => socket.terminate(), closeWithinMs);
    await gone;
    clearTimeout(impatience);
  }

  protected makeHeartbeat(options: ConstructorParameters<typeof Heartbeat>[0]): Heartbeat {
    return new Heartbeat(options);
  }

  protected makeStaleTimer(staleMs: number, stale: () => void): StaleTimer {
    return new StaleAfter(staleMs, stale);
  }

  /** The connection is gone and we did not want that. */
  protected onLost(socket: WebSocket, code: number): void {
    if (socket !== this.socket) return;
    this.#quiet();
    this.socket = undefined;
    this.#raw = undefined;
    this.setState("DISCONNECTED", code);
    this.guarded(() => this.options.session.lost());
    if (this.#stopped) return;
    const { backoff } = this.options;
    if (this.#openedAt !== undefined) backoff.lasted(performance.now() - this.#openedAt);
    const waitMs = Math.max(backoff.next(), this.#pauseMs);
    const { warnings } = this.options;
    warnings.warn(`${this.name} closed`, `${this.name}: closed with ${code}; reconnecting in ${Math.round(waitMs)} ms`);
    clearTimeout(this.#redial);
    this.#redial = setTimeout(() => this.#dialInTurn(), waitMs);
  }

  /** The client listens to errors from the first moment to the last: an unheard one would end it. */
  protected onError(error: Error): void {
    this.options.warnings.warn(`${this.name} ${error.message}`, `${this.name}: ${error.message}`);
  }

  protected receive(text: string): void {
    const frame = parseFrame(text);
    if (frame === undefined) {
      this.errors += 1;
      const shown = text.slice(0, 80);
      this.options.warnings.warn(`${this.name} bad frame`, `${this.name}: a frame that is no JSON object: ${shown}`);
      return;
    }
    this.guarded(() => {
      if (isData(frame)) {
        this.stale.touch();
        this.options.session.data(frame);
      } else this.options.session.control(frame);
    });
  }

  protected guarded(act: () => void): void {
    try {
      act();
    } catch (error) {
      this.errors += 1;
      this.options.warnings.warn(`${this.name} handler`, `${this.name}: a handler failed: ${messageOf(error)}`);
    }
  }

  protected setState(state: StreamState, code?: number): void {
    if (state === this.#state) return;
    this.#state = state;
    const { endpoint, name } = this.options;
    telemetry("state", { endpoint, connection: name, state, ...(code === undefined ? {} : { code }) });
  }

  protected deadlineMs(): number | undefined {
    return openWithinMs;
  }

  #dialInTurn(): void {
    const waitMs = this.options.budget.take();
    if (waitMs === 0) this.dial();
    else this.#redial = setTimeout(() => this.dial(), waitMs);
  }

  protected dial(): void {
    this.setState("CONNECTING");
    this.#openedAt = undefined;
    this.#pauseMs = 0;
    const socket = new WebSocket(this.options.url, { perMessageDeflate: false, maxPayload });
    this.socket = socket;
    const deadlineMs = this.deadlineMs();
    if (deadlineMs !== undefined) this.#deadline = setTimeout(() => this.abandon("no upgrade in time"), deadlineMs);
    this.listen(socket);
  }

  protected listen(socket: WebSocket): void {
    socket.on("error", (error) => this.onError(error));
    socket.once("upgrade", ({ socket: raw }: IncomingMessage) => {
      if (socket === this.socket) this.#raw = raw;
    });
    socket.once("unexpected-response", (_request, response: IncomingMessage) => {
      this.#pauseMs = pauseAfterRefusal(response.statusCode ?? 0);
      this.onError(new Error(`the upgrade was refused with ${response.statusCode ?? 0}`));
      response.destroy();
      socket.terminate();
    });
    socket.once("open", () => this.#opened(socket));
    socket.on("message", (data: Buffer) => {
      if (socket === this.socket) this.receive(data.toString("utf8"));
    });
    socket.once("close", (code) => this.onLost(socket, code));
  }

  #opened(socket: WebSocket): void {
    if (socket !== this.socket) return;
    clearTimeout(this.#deadline);
    this.#openedAt = performance.now();
    this.setState("CONNECTED");
    this.heartbeat.start();
    this.stale.start();
    this.guarded(() => this.options.session.opened());
  }

  #quiet(): void {
    clearTimeout(this.#deadline);
    this.heartbeat.stop();
    this.stale.stop();
  }
}
