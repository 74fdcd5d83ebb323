/**
 * A stream's listener: accepts upgrades on the paths somebody speaks on, names the connections and hands each to a
 * session. It knows no topics and no ops.
 */

import { once } from "node:events";
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import type { Duplex } from "node:stream";
import { WebSocketServer, type WebSocket } from "ws";
import type { Clock } from "../../core/clock.ts";
import { FiredrillError, messageOf } from "../../core/errors.ts";
import type { JournalSink } from "../../core/journal/event.ts";
import type { Random } from "../../core/random.ts";
import { seconds } from "../../core/units.ts";
import { activeTimeMs } from "./active-time.ts";
import { Batch } from "./batch.ts";
import { openGate, type Gate } from "./gate.ts";
import { StreamSocket, type SocketContext } from "./socket.ts";

/** What is said on one connection. */
export interface StreamSession {
  receive(text: string): void;
  closed(): void;
}

export interface StreamListenerOptions {
  /** The journal's name of the endpoint, `exchange-public`; connections are named `public-1` and so on. */
  endpoint: string;
  clock: Clock;
  journal: JournalSink;
  /** For the connection ids. */
  random: Random;
  /** 0 takes a free port. */
  port?: number;
  /** What follows the connection id's dash, by the socket's kind. */
  idSuffix: string;
  gate?: Gate;
  /** A client that leaves more than this unread is cut. */
  maxBufferedBytes?: number;
  /** Who speaks on a path; undefined refuses the upgrade with 404. */
  sessionFor(path: string): ((socket: StreamSocket) => StreamSession) | undefined;
}

export interface StreamListener {
  readonly port: number;
  /** `ws://127.0.0.1:port`, without a path. */
  readonly url: string;
  readonly sockets: ReadonlySet<StreamSocket>;
  /** Takes over a connection that somebody else accepted, as if it had come in here. */
  readonly adopt: (connection: Duplex) => void;
  close(): Promise<void>;
}

const host = "127.0.0.1";
/** Bybit looks for idle connections at this granularity, so a cut may come late. */
const idleScanMs = seconds(30);
const defaultMaxBufferedBytes = 8 * 2 ** 20;
const maxIncomingBytes = 2 ** 20;

export async function startStreamListener(options: StreamListenerOptions): Promise<StreamListener> {
  const { clock, journal, endpoint } = options;
  const prefix = endpoint.replace("exchange-", "");
  const sockets = new Set<StreamSocket>();
  const context: SocketContext = {
    endpoint,
    clock,
    journal,
    gate: options.gate ?? openGate,
    batch: new Batch(),
    maxBufferedBytes: options.maxBufferedBytes ?? defaultMaxBufferedBytes,
  };
  const upgrades = new WebSocketServer({
    noServer: true,
    clientTracking: false,
    maxPayload: maxIncomingBytes,
    perMessageDeflate: { serverNoContextTakeover: true, clientNoContextTakeover: true },
  });
  let dialled = 0;

  const accept = (ws: WebSocket, raw: Duplex, url: URL, open: (socket: StreamSocket) => StreamSession): void => {
    dialled += 1;
    const identity = {
      connection: `${prefix}-${dialled}`,
      connId: connId(options.random, options.idSuffix),
      maxIdleMs: activeTimeMs(url.searchParams.get("max_active_time")),
    };
    const socket = new StreamSocket(ws, raw, identity, context);
    const session = open(socket);
    sockets.add(socket);
    ws.on("message", (data: Buffer) => {
      socket.touch();
      session.receive(data.toString("utf8"));
    });
    ws.on("ping", () => socket.touch());
    // ws reports a protocol error here and closes the socket by itself; the close is what counts.
    ws.on("error", () => undefined);
    ws.on("close", (code, reason) => {
      sockets.delete(socket);
      session.closed();
      socket.closed(code, reason.toString("utf8"));
    });
  };

  const server = createServer((_request, response) => response.writeHead(404).end());
  server.on("upgrade", (request: IncomingMessage, raw: Duplex, head: Buffer) => {
    const url = new URL(request.url ?? "/", "ws://host");
    const open = options.sessionFor(url.pathname);
    raw.on("error", () => raw.destroy());
    if (open === undefined) raw.end("HTTP/1.1 404 Not Found\r\nConnection: close\r\nContent-Length: 0\r\n\r\n");
    else upgrades.handleUpgrade(request, raw, head, (ws) => accept(ws, raw, url, open));
  });

  try {
    server.listen(options.port ?? 0, host);
    await once(server, "listening");
  } catch (error) {
    throw new FiredrillError(
      `The mock exchange cannot listen on ${host}:${options.port ?? 0}: ${messageOf(error)}. Free the port or choose another with --port.`,
      { cause: error },
    );
  }
  const idleScan = clock.every(idleScanMs, () => {
    for (const socket of sockets) socket.cutIfIdle(clock.now());
  });

  const { port } = server.address() as AddressInfo;
  return {
    port,
    url: `ws://${host}:${port}`,
    sockets,
    adopt: (connection) => void server.emit("connection", connection),
    async close() {
      idleScan.cancel();
      const closed = once(server, "close");
      server.close();
      server.closeAllConnections();
      for (const socket of sockets) socket.drop();
      await closed;
    },
  };
}

/** Twenty characters as an xid has, a dash and the socket's kind: `da7tou12ob6fpjtusqi0-8f1rr`. */
function connId(random: Random, suffix: string): string {
  const letters = Array.from({ length: 20 }, () => random.integer(0, 31).toString(32));
  return `${letters.join("")}-${suffix}`;
}
