/**
 * Pings of the WebSocket protocol from the server, which Bybit does not send: with the time that a pong takes, a client
 * whose event loop is blocked is seen from outside.
 */

import type { WebSocket } from "ws";
import type { Clock } from "../../core/clock.ts";
import type { ConnectionLog } from "./connection-log.ts";

export class Pinger {
  readonly #ws: WebSocket;
  readonly #sentMs = new Map<number, number>();
  readonly #clock: Clock;
  readonly #log: ConnectionLog;
  #sent = 0;

  constructor(ws: WebSocket, clock: Clock, log: ConnectionLog) {
    this.#ws = ws;
    this.#clock = clock;
    this.#log = log;
    // Some clients answer without the ping's data: whoever does so is there, and has read what there was.
    ws.on("pong", (data: Buffer) => this.#pong(data.length === 0 ? this.#sent : Number(data.toString("utf8"))));
  }

  ping(): void {
    this.#sent += 1;
    this.#sentMs.set(this.#sent, this.#clock.now());
    this.#log.pinged(this.#sent);
    this.#ws.ping(String(this.#sent));
  }

  #pong(nth: number): void {
    const sentMs = this.#sentMs.get(nth);
    // A client may send pongs that nobody asked for.
    if (sentMs === undefined) return;
    // A pong answers the newest ping that the client has seen, and with it those before.
    for (const earlier of [...this.#sentMs.keys()]) if (earlier <= nth) this.#sentMs.delete(earlier);
    this.#log.pong(nth, this.#clock.now() - sentMs);
  }
}
