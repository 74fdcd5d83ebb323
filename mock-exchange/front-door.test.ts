import { once } from "node:events";
import { Agent, get } from "node:http";
import { connect } from "node:net";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { WebSocket } from "ws";
import { incidentClock } from "../core/clock.ts";
import { Journal } from "../core/journal/journal.ts";
import { loadFolder } from "../core/load-folder.ts";
import { openFrontDoor, surfaceOf, type FrontDoor } from "./front-door.ts";
import type { Route } from "./rest/route.ts";
import { startExchange, type Exchange } from "./server.ts";

let exchange: Exchange;
let door: FrontDoor;
let journal: Journal;
const closers: (() => unknown)[] = [];

beforeEach(async () => {
  const clock = incidentClock({ start: Date.now(), compression: 1 });
  journal = new Journal(clock);
  exchange = await startExchange({ clock, journal, symbols: [], keys: [{ key: "k", secret: "s" }] });
  door = await openFrontDoor(0, exchange.adopt);
});
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
  await Promise.all([door.close(), exchange.close()]);
});

async function said(path: string, message: object): Promise<Record<string, unknown>> {
  const socket = new WebSocket(`ws://127.0.0.1:${door.port}${path}`);
  closers.push(() => socket.terminate());
  await once(socket, "open");
  socket.send(JSON.stringify(message));
  const [data] = (await once(socket, "message")) as [Buffer];
  return JSON.parse(data.toString()) as Record<string, unknown>;
}

test("REST, public, private and trade answer on one port, and the journal knows which is which", async () => {
  const time = await fetch(`http://127.0.0.1:${door.port}/v5/market/time`);
  expect(await time.json()).toMatchObject({ retCode: 0 });
  const ping = { op: "ping" };
  for (const category of ["linear", "spot", "inverse"]) {
    expect(await said(`/v5/public/${category}`, ping)).toMatchObject({ ret_msg: "pong" });
  }
  expect(await said("/v5/public/option", ping)).toMatchObject({ op: "pong", args: [expect.any(String) as string] });
  expect(await said("/v5/private?max_active_time=45s", ping)).toMatchObject({
    op: "pong",
    conn_id: expect.stringMatching(/-p$/) as string,
  });
  expect(await said("/v5/trade?max_active_time=1m", ping)).toMatchObject({
    op: "pong",
    connId: expect.stringMatching(/-2t$/) as string,
  });
  const opened = journal.view().all("connection.opened");
  expect(opened.map(({ connection }) => connection)).toEqual([
    ...["rest-1", "public-1", "public-2", "public-3", "public-4", "private-1", "trade-1"],
  ]);
});

test("a kept-alive connection goes on with REST", async () => {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  closers.push(() => agent.destroy());
  for (const path of ["/v5/market/time", "/v5/market/tickers?category=linear&symbol=BTCUSDT"]) {
    const [response] = (await once(get({ port: door.port, path, agent }), "response")) as [NodeJS.ReadableStream];
    let text = "";
    for await (const chunk of response) text += chunk.toString();
    expect(JSON.parse(text)).toMatchObject({ retCode: 0 });
  }
  expect(journal.view().all("exchange.request")).toMatchObject([{ connection: "rest-1" }, { connection: "rest-1" }]);
});

test("a request that comes in crumbs finds its way", async () => {
  const socket = connect(door.port, "127.0.0.1");
  closers.push(() => socket.destroy());
  socket.setNoDelay(true);
  for (const crumb of ["G", "ET /v5/mar", "ket/time HT", "TP/1.1\r", "\nHost: x\r\nConnection: close\r\n\r\n"]) {
    await new Promise((resolve) => socket.write(crumb, resolve));
    await new Promise(setImmediate);
  }
  let text = "";
  for await (const chunk of socket) text += String(chunk);
  expect(text).toMatch(/^HTTP\/1\.1 200 OK[^]*"retCode":0/);
});

test("closes at once, whatever is connected: silent, kept alive, or subscribed", async () => {
  const silent = connect(door.port, "127.0.0.1");
  await once(silent, "connect");
  const half = connect(door.port, "127.0.0.1");
  half.write("GET /v5/mar");
  await fetch(`http://127.0.0.1:${door.port}/v5/market/time`);
  await said("/v5/public/linear", { op: "subscribe", args: ["orderbook.50.BTCUSDT"] });
  await Promise.all([door.close(), exchange.close()]);
  const again = connect(door.port, "127.0.0.1");
  const [error] = (await once(again, "error")) as [NodeJS.ErrnoException];
  expect(error.code).toBe("ECONNREFUSED");
  for (const socket of [silent, half]) if (!socket.closed) await once(socket, "close");
  door = await openFrontDoor(0, exchange.adopt);
  exchange = { ...exchange, close: () => Promise.resolve() };
});

test("a port in use is an error that says what to do", async () => {
  await expect(openFrontDoor(door.port, exchange.adopt)).rejects.toThrow(/cannot listen on .*EADDRINUSE.* --port/);
});

describe("which listener a request line means", () => {
  test("no REST route lies where a stream is", async () => {
    const routes = await loadFolder<Route>(new URL("./rest/routes/", import.meta.url));
    expect(routes.length).toBeGreaterThan(40);
    const taken = routes.filter(({ value }) => surfaceOf(`${value.method} ${value.path} HTTP/1.1`) !== "rest");
    expect(taken).toEqual([]);
  });

  test.each([
    ["GET /v5/private/ HTTP/1.1", "rest"],
    ["GET /v5/tradebook HTTP/1.1", "rest"],
    ["GET /?next=/v5/trade HTTP/1.1", "rest"],
    ["", "rest"],
  ])("%s", (line, surface) => expect(surfaceOf(line)).toBe(surface));
});
