/**
 * One client's connection to the signal server: auth, the initial batch, then requests and pushes. Asks the rule book
 * before each duty. It knows its own socket only; who else is connected is the server's business.
 */

import type { Socket } from "node:net";
import type { WebSocket } from "ws";
import type { Clock, Timer } from "../core/clock.ts";
import type { JournalEvent, JournalSink } from "../core/journal/event.ts";
import { seconds } from "../core/units.ts";
import type { SignalAction, SignalRules, SignalSubject } from "./faults.ts";
import { authFailedCode, parseClientFrame, type ClientFrame, type ServerFrame } from "./protocol.ts";
import type { Signal } from "./signal.ts";

export interface SessionContext {
  clock: Clock;
  journal: JournalSink;
  rules: SignalRules;
  token: string;
  buffer: () => Signal[];
  connections: () => number;
}

const endpoint = "signal";
/** How often a connection is looked at for idleness, incident ms. */
const idleScanMs = seconds(5);
const longestReasonBytes = 123;

export class Session {
  readonly connection: string;
  readonly #socket: WebSocket;
  readonly #context: SessionContext;
  readonly #idleScan: Timer;
  #authenticated = false;
  #closedByUs = false;
  #closeJournaled = false;
  /** How we ended it, where we did. */
  #ended: "close-frame" | "fin" | undefined;
  #wasReset = false;
  #lastAskedAt: number;
  #lastAskedForSignalsAt: number;
  #authenticatedAt: number | undefined;
  readonly #raw: Socket;

  /** @param raw What the WebSocket speaks over: it alone distinguishes a reset from a FIN. */
  constructor(connection: string, socket: WebSocket, raw: Socket, context: SessionContext) {
    this.connection = connection;
    this.#socket = socket;
    this.#context = context;
    this.#raw = raw;
    this.#lastAskedAt = context.clock.now();
    this.#lastAskedForSignalsAt = this.#lastAskedAt;
    const { remotePort: peerPort } = raw;
    const peer = peerPort === undefined ? {} : { peerPort };
    context.journal.write("connection.opened", { endpoint, connection, ...peer });
    socket.on("message", (data: Buffer) => this.#receive(data.toString("utf8")));
    // ws reports a protocol error here and closes the socket by itself; the close is what counts.
    socket.on("error", () => undefined);
    raw.on("error", ({ code }: NodeJS.ErrnoException) => (this.#wasReset ||= code === "ECONNRESET"));
    socket.on("close", (code, reason) => this.#closed(code, reason.toString("utf8")));
    this.#idleScan = context.clock.every(idleScanMs, () => this.#scanIdle());
  }

  /** A new signal: pushed to an authenticated client. */
  push(signal: Signal): void {
    if (this.#authenticated) this.#sendSignals("push", [signal]);
  }

  /** Ends the connection as a dying server does: no close frame. */
  drop(): void {
    this.#closedByUs = true;
    this.#ended ??= "fin";
    this.#socket.terminate();
  }

  #receive(text: string): void {
    // A close frame is on its way: what the client had sent before it got there is nobody's any more.
    if (this.#closedByUs) return;
    const frame = parseClientFrame(text);
    if ("reason" in frame) this.#send({ type: "error", reason: frame.reason });
    else if (frame.type === "auth") this.#auth(frame.token);
    else this.#request(frame);
  }

  #auth(token: string): void {
    const action = this.#decide({ on: "auth", connection: this.connection, describe: "auth" });
    if (action !== undefined) this.#act(action);
    else if (token !== this.#context.token) this.#refuse("invalid token");
    else {
      this.#authenticated = true;
      this.#authenticatedAt = this.#context.clock.now();
      this.#context.journal.write("connection.authenticated", { endpoint, connection: this.connection });
      this.#send({ type: "auth_success" });
      this.#sendSignals("initial-batch", this.#context.buffer());
    }
  }

  #request(frame: Exclude<ClientFrame, { type: "auth" }>): void {
    this.#lastAskedAt = this.#context.clock.now();
    if (frame.type === "get_signals") this.#lastAskedForSignalsAt = this.#lastAskedAt;
    const action = this.#decide({ on: frame.type, ...this.#age(), connection: this.connection, describe: frame.type });
    this.#context.journal.write("signal.request", {
      connection: this.connection,
      request: frame.type,
      answered: action === undefined,
    });
    if (action !== undefined) this.#act(action);
    else if (!this.#authenticated) this.#send({ type: "error", reason: "not authenticated" });
    else if (frame.type === "get_signals") this.#sendSignals("reply", this.#context.buffer());
    else if (frame.type === "get_stats") this.#sendStats();
    else this.#send({ type: "pong" });
  }

  #decide(subject: SignalSubject): SignalAction | undefined {
    return this.#context.rules.decide(subject);
  }

  #act(action: SignalAction): void {
    if (action.do === "close" && action.leavesTcp === true) this.#closeHalf(action.code);
    else if (action.do === "close") this.#close(action.code, action.reason ?? "");
    else if (action.do === "refuse-auth") this.#refuse(action.reason);
  }

  #refuse(reason: string): void {
    this.#context.journal.write("connection.auth-refused", { endpoint, connection: this.connection, reason });
    this.#authenticated = false;
    this.#send({ type: "auth_failed", reason });
    this.#close(authFailedCode, reason);
  }

  #close(code: number, reason: string): void {
    this.#closedByUs = true;
    this.#authenticated = false;
    this.#ended ??= code === 1006 ? "fin" : "close-frame";
    // 1006 and 1005 are never sent; they are what a peer sees without a close frame, and with one that names no code.
    if (code === 1006) this.#socket.terminate();
    else if (code === 1005) this.#socket.close();
    else this.#socket.close(code, clipped(reason));
  }

  /** The close frame, and nothing after it: the client's answer is read, and TCP stays as it is until the client ends it. */
  #closeHalf(code: number): void {
    const { connection } = this;
    this.#closedByUs = true;
    this.#authenticated = false;
    this.#raw.removeAllListeners("data").resume();
    this.#raw.write(Buffer.from([0x88, 2, code >> 8, code & 0xff]));
    this.#idleScan.cancel();
    this.#journalClose({ by: "server", code, reason: "", how: "close-frame" });
    this.#context.journal.write("note", { text: `${connection}: the TCP connection is left open` });
  }

  #age(): { ageMs?: number } {
    return this.#authenticatedAt === undefined ? {} : { ageMs: this.#context.clock.now() - this.#authenticatedAt };
  }

  #scanIdle(): void {
    if (this.#closedByUs) return;
    const now = this.#context.clock.now();
    const { connection } = this;
    const idle = { idleMs: now - this.#lastAskedAt, idleOfSignalsMs: now - this.#lastAskedForSignalsAt };
    const action =
      this.#decide({ on: "idle", ...idle, connection, describe: "idle" }) ??
      this.#decide({ on: "expired", ...this.#age(), connection, describe: "a session that expired" });
    if (action !== undefined) this.#act(action);
  }

  #closed(code: number, reason: string): void {
    this.#idleScan.cancel();
    this.#authenticated = false;
    const by = this.#closedByUs ? "server" : code === 1006 ? "network" : "client";
    const how = this.#ended ?? (code !== 1006 ? "close-frame" : this.#wasReset ? "reset" : "fin");
    this.#journalClose({ by, code, reason, how });
  }

  /** Once: one whose TCP was left open had ended before. */
  #journalClose(end: Omit<JournalEvent<"connection.closed">, "seq" | "at" | "type" | "endpoint" | "connection">): void {
    if (this.#closeJournaled) return;
    this.#closeJournaled = true;
    this.#context.journal.write("connection.closed", { endpoint, connection: this.connection, ...end });
  }

  #sendSignals(what: "initial-batch" | "reply" | "push", data: Signal[]): void {
    const { connection } = this;
    const action = this.#decide({ on: "batch", connection, describe: what });
    const sent =
      action?.do === "repeat"
        ? data.flatMap((signal) => [signal, signal])
        : action?.do === "reverse"
          ? data.toReversed()
          : data;
    if (!this.#send({ type: "signals", data: sent })) return;
    this.#context.journal.write("signal.sent", { connection, what, signals: data.length });
    if (what === "initial-batch") this.#context.journal.write("connection.fed", { endpoint, connection, what });
  }

  #sendStats(): void {
    const buffer = this.#context.buffer();
    const lastWave = buffer.at(-1)?.timestamp ?? null;
    this.#send({ type: "stats", data: { signals: buffer.length, connections: this.#context.connections(), lastWave } });
  }

  /** @returns Whether it could still be sent. */
  #send(frame: ServerFrame): boolean {
    if (this.#socket.readyState !== this.#socket.OPEN) return false;
    this.#socket.send(JSON.stringify(frame));
    return true;
  }
}

/** What fits into a close frame: 123 bytes, cut between characters. */
const clipped = (reason: string): string =>
  new TextDecoder().decode(Buffer.from(reason).subarray(0, longestReasonBytes), { stream: true });
