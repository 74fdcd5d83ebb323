/**
 * For tests of what is on the wire: an exchange, and bare TCP clients that tell bytes, FIN, RST and silence apart. They
 * write requests as text, so nothing retries, pools or tidies up behind the test's back.
 */

import { createHmac } from "node:crypto";
import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { incidentClock } from "../../core/clock.ts";
import type { EventType, JournalEvent } from "../../core/journal/event.ts";
import { Journal } from "../../core/journal/journal.ts";
import { startExchange } from "../server.ts";

const key = { key: "wire-key", secret: "wire-secret" };
/** Wide: at x60 the default of 5 s is 83 ms of the wall, and a busy machine makes an order too old that a fault delays. */
const recvWindow = 600_000;

export type End = "fin" | "rst";

export interface Wire {
  readonly socket: Socket;
  send(text: string): Wire;
  /** All that came so far. */
  received(): string;
  /** Resolves once `part` has come. */
  until(part: string | RegExp): Promise<string>;
  /** How the server ended it. */
  readonly ended: Promise<End>;
}

export async function openWires({ compression = 1, held = false } = {}) {
  const clock = incidentClock({ start: "2026-01-01T00:30:00Z", compression, held });
  const journal = new Journal(clock);
  const exchange = await startExchange({ clock, journal, symbols: ["BTCUSDT"], keys: [key] });
  const sockets: Socket[] = [];
  return {
    clock,
    journal,
    exchange,
    rest: exchange.faults.rest,
    async dial(): Promise<Wire> {
      const socket = connect(exchange.port, "127.0.0.1");
      sockets.push(socket);
      const wire = wireOf(socket);
      // A connection that is refused at once may never be seen to connect.
      await Promise.race([once(socket, "connect").catch(() => undefined), wire.ended]);
      return wire;
    },
    /** The first event that fits, past or future. */
    seen<T extends EventType>(type: T, fits: (event: JournalEvent<T>) => boolean = () => true) {
      return new Promise<JournalEvent<T>>((resolve) => {
        const there = journal.view().first(type, fits);
        if (there !== undefined) resolve(there);
        else journal.subscribe((event) => event.type === type && fits(event as never) && resolve(event as never));
      });
    },
    /** A market order as text, signed; `padding` makes its body longer. */
    order(orderLinkId: string, padding = ""): string {
      const order = { category: "linear", symbol: "BTCUSDT", side: "Buy", orderType: "Market", qty: "1", orderLinkId };
      const body = JSON.stringify({ ...order, padding });
      const timestamp = String(Math.floor(clock.now()));
      const sign = createHmac("sha256", key.secret).update(`${timestamp}${key.key}${recvWindow}${body}`).digest("hex");
      const signed = [`X-BAPI-TIMESTAMP: ${timestamp}`, `X-BAPI-RECV-WINDOW: ${recvWindow}`, `X-BAPI-SIGN: ${sign}`];
      const headers = [`X-BAPI-API-KEY: ${key.key}`, ...signed];
      const head = ["POST /v5/order/create HTTP/1.1", "Host: x", `Content-Length: ${Buffer.byteLength(body)}`];
      return [...head, "Content-Type: application/json", ...headers, "", body].join("\r\n");
    },
    async close(): Promise<void> {
      await exchange.close();
      for (const socket of sockets) socket.destroy();
    },
  };
}

export type Wires = Awaited<ReturnType<typeof openWires>>;

export const get = (target: string): string => `GET ${target} HTTP/1.1\r\nHost: x\r\n\r\n`;
export const time = get("/v5/market/time");
export const tickers = get("/v5/market/tickers?category=linear&symbol=BTCUSDT");

/** The body of the first reply in what was received. */
export const bodyOf = (received: string): string => received.slice(received.indexOf("\r\n\r\n") + 4);

function wireOf(socket: Socket): Wire {
  let text = "";
  const waiting = new Set<() => void>();
  socket.setEncoding("utf8").on("data", (part: string) => {
    text += part;
    for (const look of waiting) look();
  });
  const ended = new Promise<End>((resolve, reject) => {
    socket.on("end", () => resolve("fin"));
    socket.on("error", (error: NodeJS.ErrnoException) => {
      if (error.code === "ECONNRESET") resolve("rst");
      else reject(error);
    });
  });
  // Not every test waits for the end.
  ended.catch(() => undefined);
  const wire: Wire = {
    socket,
    ended,
    received: () => text,
    send(part) {
      socket.write(part);
      return wire;
    },
    until: (part) =>
      new Promise((resolve, reject) => {
        const look = (): void => {
          if (typeof part === "string" ? !text.includes(part) : !part.test(text)) return;
          waiting.delete(look);
          resolve(text);
        };
        waiting.add(look);
        look();
        void ended.then((end) => reject(new Error(`${end} before ${String(part)}; seen: ${text}`)), reject);
      }),
  };
  return wire;
}
