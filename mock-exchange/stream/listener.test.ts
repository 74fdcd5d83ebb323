import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { afterEach, expect, test } from "vitest";
import WebSocket from "ws";
import { incidentClock } from "../../core/clock.ts";
import type { JournalEvent } from "../../core/journal/event.ts";
import { Journal } from "../../core/journal/journal.ts";
import { random } from "../../core/random.ts";
import { Frame } from "./frame.ts";
import { startStreamListener, type StreamListener } from "./listener.ts";

const cleanups: (() => void | Promise<void>)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

interface Options {
  compression?: number;
  maxBufferedBytes?: number;
}

/** A stream that answers each message with itself. */
async function echo(options: Options = {}): Promise<{ listener: StreamListener; journal: Journal }> {
  const clock = incidentClock({ start: "2025-10-21T00:00:00Z", compression: options.compression ?? 1 });
  const journal = new Journal(clock);
  const listener = await startStreamListener({
    endpoint: "exchange-public",
    clock,
    journal,
    random: random(1),
    idSuffix: "p",
    ...(options.maxBufferedBytes === undefined ? {} : { maxBufferedBytes: options.maxBufferedBytes }),
    sessionFor: (path) =>
      path === "/echo"
        ? (socket) => ({ receive: (text) => socket.reply(text), refuse: () => undefined, closed: () => undefined })
        : undefined,
  });
  cleanups.push(() => listener.close());
  return { listener, journal };
}

async function dial(listener: StreamListener, query = "", perMessageDeflate = false): Promise<WebSocket> {
  const ws = new WebSocket(`${listener.url}/echo${query}`, { perMessageDeflate });
  cleanups.push(() => ws.terminate());
  await once(ws, "open");
  return ws;
}

/** The next messages; it listens from the call on, so none is lost between two. */
function texts(ws: WebSocket, count: number): Promise<string[]> {
  const found: string[] = [];
  return new Promise((resolve) => {
    const take = (data: Buffer): void => {
      if (found.push(data.toString()) < count) return;
      ws.off("message", take);
      resolve(found);
    };
    ws.on("message", take);
  });
}

const written = (journal: Journal, type: JournalEvent["type"]): Promise<JournalEvent> =>
  new Promise((resolve) => journal.subscribe((event) => event.type === type && resolve(event)));

test("deflate is agreed without context takeover, and messages of every size arrive whole either way", async () => {
  const { listener } = await echo();
  for (const deflate of [true, false]) {
    const ws = new WebSocket(`${listener.url}/echo`, { perMessageDeflate: deflate });
    cleanups.push(() => ws.terminate());
    const opened = once(ws, "open");
    const [response] = (await once(ws, "upgrade")) as [{ headers: Record<string, string> }];
    expect(response.headers["sec-websocket-extensions"]).toBe(
      deflate ? "permessage-deflate; server_no_context_takeover; client_no_context_takeover" : undefined,
    );
    await opened;
    for (const length of [1, 125, 126, 1_500, 65_535, 65_536, 200_000]) {
      const text = Array.from({ length }, (_, at) => String.fromCharCode(97 + ((at * at) % 26))).join("");
      ws.send(text);
      expect((await texts(ws, 1))[0] === text, `${length} letters`).toBe(true);
    }
  }
});

test.each(["//", "//[::1", "/elsewhere"])("an upgrade to %s is refused, and the listener lives", async (target) => {
  const { listener } = await echo();
  const raw = connect(listener.port, "127.0.0.1");
  cleanups.push(() => void raw.destroy());
  raw.write(
    `GET ${target} HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n` +
      "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n",
  );
  const [answer] = (await once(raw, "data")) as [Buffer];
  expect(answer.toString()).toMatch(/^HTTP\/1\.1 404 /);
  expect((await dial(listener)).readyState).toBe(WebSocket.OPEN);
});

test("a slow subscriber is cut, and the others get everything", async () => {
  const { listener, journal } = await echo({ maxBufferedBytes: 100_000 });
  const slow: Socket = connect(listener.port, "127.0.0.1");
  cleanups.push(() => void slow.destroy());
  slow.write(
    "GET /echo HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n" +
      "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n",
  );
  await once(slow, "data");
  slow.pause();
  const quick = await dial(listener);
  const cut = written(journal, "exchange.stream-cut");
  const isCut = (): boolean => journal.view().first("exchange.stream-cut") !== undefined;
  let sent = 0;
  let received = 0;
  while (!isCut()) {
    sent += 1;
    const arrived = texts(quick, 1);
    const frame = new Frame(`${sent}${"x".repeat(20_000)}`);
    for (const socket of listener.sockets) socket.publish("t", frame);
    received += (await arrived).length;
  }
  expect(await cut).toMatchObject({ connection: "public-1", why: "slow" });
  expect(received).toBe(sent);
  expect([...listener.sockets].map((socket) => socket.connection)).toContain("public-2");
});

test("a connection on which nothing is said is cut after max_active_time, one that pings is not", async () => {
  const { listener, journal } = await echo({ compression: 300 });
  const closed = written(journal, "connection.closed");
  await dial(listener, "?max_active_time=30s&other=1");
  const lively = await dial(listener, "?max_active_time=10m");
  expect(await closed).toMatchObject({ connection: "public-1", by: "server", code: 1006 });
  lively.send("still here");
  expect(await texts(lively, 1)).toEqual(["still here"]);
});

test("sockets with the same frames share their bytes, others keep their own order", async () => {
  const { listener } = await echo();
  const clients = [await dial(listener), await dial(listener), await dial(listener)];
  const [a, b] = [new Frame("a"), new Frame("b")];
  const seen = clients.map((ws) => texts(ws, 2));
  const [one, two, three] = [...listener.sockets];
  for (const frame of [a, b]) for (const socket of [one, two]) socket?.publish("t", frame);
  three?.publish("t", b);
  three?.publish("t", a);
  expect(await Promise.all(seen)).toEqual([
    ["a", "b"],
    ["a", "b"],
    ["b", "a"],
  ]);
});
