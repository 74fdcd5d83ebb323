import { createHmac } from "node:crypto";
import { once } from "node:events";
import { connect } from "node:net";
import { afterEach, describe, expect, test } from "vitest";
import { incidentClock } from "../core/clock.ts";
import { Journal } from "../core/journal/journal.ts";
import WebSocket from "ws";
import { startExchange } from "./server.ts";

const account = { key: "key-1", secret: "secret-1" };
const closers: (() => unknown)[] = [];

afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

type Envelope = { retCode: number; retMsg: string; result: Record<string, unknown>; retExtInfo: object; time: number };

async function exchange(port = 0) {
  const clock = incidentClock({ start: "2025-10-21T22:52:56Z", compression: 1 });
  const journal = new Journal(clock);
  const server = await startExchange({ clock, journal, symbols: ["BTCUSDT", "ETHUSDT"], keys: [account], port });
  closers.push(() => server.close());
  const signed = async (method: "GET" | "POST", path: string, payload: string): Promise<Envelope> => {
    const timestamp = String(Math.floor(clock.now()));
    const sign = createHmac("sha256", account.secret).update(`${timestamp}${account.key}5000${payload}`).digest("hex");
    const response = await fetch(`${server.restUrl}${path}${method === "GET" ? `?${payload}` : ""}`, {
      method,
      headers: { "X-BAPI-API-KEY": account.key, "X-BAPI-TIMESTAMP": timestamp, "X-BAPI-SIGN": sign },
      ...(method === "POST" ? { body: payload } : {}),
    });
    expect(response.status).toBe(200);
    return (await response.json()) as Envelope;
  };
  return {
    clock,
    journal,
    server,
    create: (order: object | string) =>
      signed("POST", "/v5/order/create", typeof order === "string" ? order : JSON.stringify(order)),
    realtime: (query: string) => signed("GET", "/v5/order/realtime", query),
  };
}

const market = { category: "linear", symbol: "BTCUSDT", side: "Buy", orderType: "Market", qty: "1" };

test("market/time reports the incident time, in an envelope, without a signature", async () => {
  const { server, clock } = await exchange();
  const before = Math.floor(clock.now());
  const reply = (await (await fetch(`${server.restUrl}/v5/market/time`)).json()) as Envelope;
  expect(reply).toMatchObject({ retCode: 0, retMsg: "OK", retExtInfo: {} });
  const { timeSecond, timeNano } = reply.result as { timeSecond: string; timeNano: string };
  expect(BigInt(timeNano)).toBeGreaterThanOrEqual(BigInt(before) * 1_000_000n);
  expect(BigInt(timeNano)).toBeLessThanOrEqual(BigInt(Math.ceil(clock.now())) * 1_000_000n);
  expect(Number(timeSecond)).toBe(Math.floor(Number(BigInt(timeNano) / 1_000_000n) / 1_000));
  expect(reply.time).toBeGreaterThanOrEqual(before);
});

describe("an order", () => {
  test("is acknowledged, written down, and found by its orderLinkId", async () => {
    const { create, realtime, journal } = await exchange();
    const ack = await create({ ...market, orderLinkId: "signal-1" });
    expect(ack).toMatchObject({ retCode: 0, result: { orderLinkId: "signal-1" } });
    const { orderId } = ack.result;
    expect(journal.view().all("exchange.order")).toMatchObject([
      { orderId, orderLinkId: "signal-1", symbol: "BTCUSDT" },
    ]);
    const { result } = await realtime("category=linear&orderLinkId=signal-1");
    expect(result.list).toMatchObject([{ orderId, orderStatus: "Filled", cumExecQty: "1", leavesQty: "0" }]);
    expect((await realtime(`category=linear&orderId=${String(orderId)}`)).result.list).toHaveLength(1);
  });

  test("with an orderLinkId that was used is refused, and not placed", async () => {
    const { create, realtime, journal } = await exchange();
    await create({ ...market, orderLinkId: "signal-1" });
    expect(await create({ ...market, symbol: "ETHUSDT", orderLinkId: "signal-1" })).toMatchObject({
      retCode: 110072,
      retMsg: "OrderLinkedID is duplicate",
      result: {},
    });
    expect(journal.view().all("exchange.order")).toHaveLength(1);
    expect((await realtime("category=linear&orderLinkId=signal-1")).result.list).toHaveLength(1);
  });

  test("sent twice at once with one orderLinkId is placed once", async () => {
    const { create } = await exchange();
    const replies = await Promise.all(Array.from({ length: 8 }, () => create({ ...market, orderLinkId: "signal-1" })));
    const codes = replies.map(({ retCode }) => retCode).sort((a, b) => a - b);
    expect(codes).toEqual([0, ...Array.from({ length: 7 }, () => 110072)]);
  });

  test("without an orderLinkId can be sent as often as one likes", async () => {
    const { create } = await exchange();
    expect([(await create(market)).retCode, (await create(market)).retCode]).toEqual([0, 0]);
  });

  test.each([
    ["an unknown symbol", { ...market, symbol: "NOPEUSDT" }],
    ["an unknown side", { ...market, side: "buy" }],
    ["a quantity that is no number", { ...market, qty: "one" }],
    ["an orderLinkId with a blank", { ...market, orderLinkId: "x y" }],
    ["a body that is no JSON", "{"],
    ["no body", ""],
  ])("with %s is a params error", async (_what, order) => {
    const { create, journal } = await exchange();
    expect((await create(order)).retCode).toBe(10001);
    expect(journal.view().all("exchange.order")).toEqual([]);
  });
});

test("realtime lists only open orders, newest first, of the category and symbol asked for", async () => {
  const { create, realtime, server } = await exchange();
  await create({ ...market, orderLinkId: "filled" });
  /** Well below the market, where it rests, and in whole coins, which are in every symbol's steps. */
  const restingPrice = (symbol: string): string =>
    server.state.market.quote("linear", symbol).last.times(0.95).round(0).toFixed();
  for (const [symbol, orderLinkId] of [
    ["BTCUSDT", "a"],
    ["ETHUSDT", "b"],
    ["BTCUSDT", "c"],
  ] as const) {
    const order = { ...market, orderType: "Limit", price: restingPrice(symbol), symbol, orderLinkId };
    expect((await create(order)).retCode).toBe(0);
  }
  const ids = async (query: string) =>
    ((await realtime(query)).result.list as { orderLinkId: string }[]).map(({ orderLinkId }) => orderLinkId);
  expect(await ids("category=linear&settleCoin=USDT")).toEqual(["c", "b", "a"]);
  expect(await ids("category=linear&symbol=BTCUSDT")).toEqual(["c", "a"]);
  expect(await ids("category=linear&settleCoin=USDT&limit=1")).toEqual(["c"]);
  expect(await ids("category=spot")).toEqual([]);
  expect((await realtime("symbol=BTCUSDT")).retCode).toBe(10001);
});

test("a private route without a signature is refused inside HTTP 200", async () => {
  const { server } = await exchange();
  const response = await fetch(`${server.restUrl}/v5/order/realtime?category=linear`);
  expect(response.status).toBe(200);
  expect(((await response.json()) as Envelope).retCode).toBe(10001);
});

test("every request is written down with its connection and outcome, and so is every connection", async () => {
  const { server, journal } = await exchange();
  const socket = connect(server.port, "127.0.0.1");
  socket.write("GET /v5/market/time HTTP/1.1\r\nHost: x\r\n\r\nGET /nowhere?x=1 HTTP/1.1\r\nHost: x\r\n\r\n");
  let text = "";
  for await (const chunk of socket as AsyncIterable<Buffer>) {
    text += chunk.toString();
    if (text.includes("Route not found")) break;
  }
  if (!socket.closed) await once(socket, "close");
  const closed = await new Promise((resolve) => {
    const there = journal.view().first("connection.closed");
    if (there !== undefined) resolve(there);
    else journal.subscribe((event) => event.type === "connection.closed" && resolve(event));
  });
  expect(journal.view().all("exchange.request")).toMatchObject([
    { connection: "rest-1", method: "GET", path: "/v5/market/time", status: 200, retCode: 0, retMsg: "OK" },
    { connection: "rest-1", path: "/nowhere", status: 404, retCode: 10017 },
  ]);
  expect(journal.view().all("connection.opened")).toMatchObject([{ endpoint: "exchange-rest", connection: "rest-1" }]);
  expect(closed).toMatchObject({ endpoint: "exchange-rest", connection: "rest-1", code: 0 });
});

test("the 501st stream connection in five minutes is refused, whatever the stream", async () => {
  const { server } = await exchange();
  const dial = async (url: string): Promise<WebSocket> => {
    const ws = new WebSocket(url);
    closers.push(() => ws.terminate());
    await once(ws, "open");
    return ws;
  };
  const urls = [`${server.publicUrl}/v5/public/linear`, server.privateUrl, server.tradeUrl];
  for (let at = 0; at < 500; at += 1) (await dial(urls[at % urls.length] ?? "")).terminate();
  for (const url of urls) await expect(dial(url)).rejects.toThrow("403");
});

test("a port in use is an error that says what to do", async () => {
  const { server } = await exchange();
  await expect(exchange(server.port)).rejects.toThrow(/cannot listen on 127\.0\.0\.1:\d+: .*EADDRINUSE.* --port/);
});
