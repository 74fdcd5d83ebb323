/** A client's TCP connection until it is a WebSocket: what it asked for, and how it ended where it never became one. */

import type { Socket } from "node:net";
import type { Clock } from "../../../core/clock.ts";
import { STATUS_CODES } from "../../../core/http.ts";
import type { JournalSink } from "../../../core/journal/event.ts";

const nothing = (): void => undefined;

export class Dial {
  readonly connection: string;
  readonly raw: Socket;
  readonly #context: { endpoint: string; clock: Clock; journal: JournalSink };
  readonly #dialledMs: number;
  #path = "";
  #opened = false;
  #endedByUs = false;
  #proceed: () => void = nothing;
  #held: { early: Buffer[]; hold: (chunk: Buffer) => void } | undefined;

  constructor(connection: string, raw: Socket, context: { endpoint: string; clock: Clock; journal: JournalSink }) {
    this.connection = connection;
    this.raw = raw;
    this.#context = context;
    this.#dialledMs = context.clock.now();
    this.#write("connection.dialled", { peerPort: raw.remotePort });
    raw.once("close", () => {
      if (this.#opened) return;
      const by = this.#endedByUs ? "server" : "peer";
      this.#write("connection.dial-ended", { by, afterMs: context.clock.now() - this.#dialledMs });
    });
  }

  get path(): string {
    return this.#path;
  }

  /** @param proceed Carries out the upgrade. */
  upgradeRequested(path: string, proceed: () => void): void {
    this.#path = path;
    this.#proceed = proceed;
    this.#write("connection.upgrade-requested", { path });
  }

  /** It is a WebSocket now; its life goes on elsewhere. */
  opened(): void {
    this.#opened = true;
    // It would keep the whole request for as long as the connection lives.
    this.#proceed = nothing;
  }

  reset(): void {
    this.#endedByUs = true;
    this.raw.resetAndDestroy();
  }

  fin(): void {
    this.#endedByUs = true;
    this.raw.end();
    // The client's own end is read, so that the connection is seen to be over.
    this.raw.resume();
  }

  /** Answers the upgrade with an HTTP status instead of 101. */
  refuse(status: number, body: string, type = "text/html"): void {
    this.#endedByUs = true;
    this.#write("connection.upgrade-refused", { path: this.#path, status });
    const head = [
      `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? "Error"}`,
      ...(body === "" ? [] : [`Content-Type: ${type}`]),
      `Content-Length: ${Buffer.byteLength(body)}`,
      "Connection: close",
    ];
    this.raw.end(`${head.join("\r\n")}\r\n\r\n${body}`);
    this.raw.resume();
  }

  /** Says nothing until `release`; reads on meanwhile, because only a reader notices that the client gave up. */
  hold(): void {
    const early: Buffer[] = [];
    const hold = (chunk: Buffer): void => void early.push(chunk);
    this.#held = { early, hold };
    this.raw.on("data", hold);
    this.raw.once("end", () => this.#held !== undefined && this.raw.destroy());
  }

  /** Carries out the upgrade, unless a fault has ended or holds this dial. */
  proceed(): void {
    if (this.#held === undefined && !this.#endedByUs && !this.raw.destroyed) this.#proceed();
  }

  release(): void {
    const held = this.#held;
    this.#held = undefined;
    if (held === undefined || this.raw.destroyed) return;
    this.raw.off("data", held.hold);
    this.raw.pause();
    if (held.early.length > 0) this.raw.unshift(Buffer.concat(held.early));
    this.#proceed();
    // Whoever reads now does not start a socket that was paused.
    this.raw.resume();
  }

  /** The server closes. */
  drop(): void {
    if (this.#opened) return;
    this.#endedByUs = true;
    this.raw.destroy();
  }

  #write(type: Parameters<JournalSink["write"]>[0], data: object): void {
    const { endpoint, journal } = this.#context;
    journal.write(type, { endpoint, connection: this.connection, ...data });
  }
}
