/**
 * A stream's listener: accepts upgrades on the paths somebody speaks on, names the connections and hands each to a
 * session. It knows no topics and no ops.
 */

import { once, type EventEmitter } from "node:events";
import type { IncomingMessage } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import { WebSocketServer, type WebSocket } from "ws";
import type { Clock } from "../../core/clock.ts";
import { FiredrillError, messageOf } from "../../core/errors.ts";
import { createServer } from "../../core/http.ts";
import type { JournalSink } from "../../core/journal/event.ts";
import type { Random } from "../../core/random.ts";
import { seconds } from "../../core/units.ts";
import { activeTimeMs } from "./active-time.ts";
import { Batch } from "./batch.ts";
import { Dial } from "./faults/dial.ts";
import { pingFrame } from "./faults/request-moment.ts";
import { StreamFaults } from "./faults/stream-faults.ts";
import type { Frame } from "./frame.ts";
import type { StreamSession } from "./session.ts";
import type { SocketContext } from "./socket-context.ts";
import { StreamSocket } from "./socket.ts";

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
  /** A client that leaves more than this unread is cut. */
  maxBufferedBytes?: number;
  /** Incident ms that every answer takes to the client, and what follows it with it. Default 0. */
  latencyMs?: number | undefined;
  /** Who speaks on a path; undefined refuses the upgrade with 404. */
  sessionFor(path: string): ((socket: StreamSocket) => StreamSession) | undefined;
  /** False refuses the upgrade with 403: too many connections. */
  admits?: ((path: string, socket: Socket) => boolean) | undefined;
  /** A topic's state as a new subscriber would get it, for faults that send it again. */
  snapshotOf?(path: string, topic: string): Frame | undefined;
}

export interface StreamListener {
  readonly port: number;
  /** `ws://127.0.0.1:port`, without a path. */
  readonly url: string;
  readonly sockets: ReadonlySet<StreamSocket>;
  readonly faults: StreamFaults;
  /** Takes over a connection that somebody else accepted, as if it had come in here. */
  readonly adopt: (connection: Socket) => void;
  close(): Promise<void>;
}

const host = "127.0.0.1";
/** Bybit looks for idle connections at this granularity, so a cut may come late. */
const idleScanMs = seconds(30);
const defaultMaxBufferedBytes = 8 * 2 ** 20;
const maxIncomingBytes = 2 ** 20;
/** How long a client may take to answer our close frame. */
const closeTimeoutMs = seconds(30);

export async function startStreamListener(options: StreamListenerOptions): Promise<StreamListener> {
  const { clock, journal, endpoint } = options;
  const prefix = endpoint.replace("exchange-", "");
  const sockets = new Set<StreamSocket>();
  const dials = new Set<Dial>();
  const snapshotOf = options.snapshotOf?.bind(options) ?? (() => undefined);
  const faults = new StreamFaults({ endpoint, clock, journal, sockets, snapshotOf });
  const context: SocketContext<StreamSocket> = {
    ...{ endpoint, clock, journal, faults, batch: new Batch(clock), sent: { frames: 0 } },
    maxBufferedBytes: options.maxBufferedBytes ?? defaultMaxBufferedBytes,
    latencyMs: options.latencyMs,
  };
  // The option is newer than its types.
  const closing = { closeTimeout: clock.toWallMs(closeTimeoutMs) };
  const upgrades = new WebSocketServer({
    noServer: true,
    clientTracking: false,
    // Pings are answered where a fault can keep the pong back.
    autoPong: false,
    ...closing,
    maxPayload: maxIncomingBytes,
    perMessageDeflate: { serverNoContextTakeover: true, clientNoContextTakeover: true },
  });
  let dialled = 0;

  const accept = (ws: WebSocket, dial: Dial, url: URL, open: (socket: StreamSocket) => StreamSession): void => {
    dial.opened();
    dials.delete(dial);
    const { raw, connection, path } = dial;
    const identity = {
      ...{ connection, path },
      connId: connId(options.random, options.idSuffix),
      maxIdleMs: activeTimeMs(url.searchParams.get("max_active_time")),
    };
    const socket = new StreamSocket(ws, raw, identity, context);
    const session = open(socket);
    let wasReset = false;
    sockets.add(socket);
    // What still comes after the end that a fault made meets nobody.
    const incoming = (to: StreamSession, text: string): void =>
      socket.whenFlowing(() => socket.open && faults.incoming(socket, to, text));
    ws.on("message", (data: Buffer) => {
      socket.touch();
      incoming(session, data.toString("utf8"));
    });
    ws.on("ping", (data: Buffer) => {
      socket.touch();
      incoming(pongs(ws, socket, data), pingFrame);
    });
    // ws reports a protocol error here and closes the socket by itself; the close is what counts.
    ws.on("error", () => undefined);
    raw.on("error", (error: NodeJS.ErrnoException) => (wasReset ||= error.code === "ECONNRESET"));
    onCloseFrame(ws, (code) => socket.closeFrameReceived(code));
    ws.on("close", (code, reason) => {
      sockets.delete(socket);
      session.closed();
      socket.closed(code, reason.toString("utf8"), wasReset);
    });
    faults.opened(socket);
  };

  const server = createServer((_request, response) => response.writeHead(404).end());
  const dialOf = new WeakMap<Socket, Dial>();
  server.on("connection", (raw: Socket) => {
    dialled += 1;
    const dial = new Dial(`${prefix}-${dialled}`, raw, context);
    dialOf.set(raw, dial);
    dials.add(dial);
    raw.once("close", () => dials.delete(dial));
    faults.dialled("connect", dial);
  });
  server.on("upgrade", (request: IncomingMessage, raw: Socket, head: Buffer) => {
    const dial = dialOf.get(raw);
    if (dial === undefined) return;
    // Some targets are no URL, such as "//"; nobody speaks there.
    const target = request.url ?? "/";
    const url = new URL(URL.canParse(target, "ws://host") ? target : "/", "ws://host");
    const open = options.sessionFor(url.pathname);
    raw.on("error", () => raw.destroy());
    // Every dial that comes this far is counted, also one that a fault is about to refuse: who hammers is refused as a whole.
    const admitted = open === undefined || options.admits?.(url.pathname, raw) !== false;
    dial.upgradeRequested(url.pathname, () => {
      if (open === undefined) dial.refuse(404, "");
      else if (!admitted) dial.refuse(403, "");
      else upgrades.handleUpgrade(request, raw, head, (ws) => accept(ws, dial, url, open));
    });
    if (admitted) faults.dialled("upgrade", dial);
    dial.proceed();
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
  let sentSince = clock.elapsed();
  const journalSent = (): void => {
    const { frames } = context.sent;
    if (frames > 0) journal.write("exchange.stream-sent", { endpoint, fromAt: Math.round(sentSince), frames });
    context.sent.frames = 0;
    sentSince = clock.elapsed();
  };
  const idleScan = clock.every(idleScanMs, () => {
    for (const socket of sockets) socket.cutIfIdle(clock.now());
    journalSent();
  });

  const { port } = server.address() as AddressInfo;
  return {
    port,
    url: `ws://${host}:${port}`,
    sockets,
    faults,
    adopt: (connection) => void server.emit("connection", connection),
    async close() {
      idleScan.cancel();
      journalSent();
      const closed = once(server, "close");
      server.close();
      server.closeAllConnections();
      for (const dial of dials) dial.drop();
      for (const socket of sockets) socket.drop();
      faults.clear();
      await closed;
    },
  };
}

/** Answers a ping frame with its own data. */
const pongs = (ws: WebSocket, socket: StreamSocket, data: Buffer): StreamSession => ({
  receive() {
    socket.requested(pingFrame, []);
    socket.answer(() => ws.pong(data));
  },
  refuse: () => undefined,
  closed: () => undefined,
});

/** ws reports the client's close frame only when the connection is gone, so its parser is asked. */
function onCloseFrame(ws: WebSocket, callback: (code: number) => void): void {
  (ws as unknown as { _receiver: EventEmitter })._receiver.on("conclude", callback);
}

/** Twenty characters as an xid has, a dash and the socket's kind: `da7tou12ob6fpjtusqi0-8f1rr`. */
function connId(random: Random, suffix: string): string {
  const letters = Array.from({ length: 20 }, () => random.integer(0, 31).toString(32));
  return `${letters.join("")}-${suffix}`;
}
