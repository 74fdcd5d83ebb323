/** Same seed, same bytes: two exchanges that are asked the same things at the same incident times. */

import { createHmac } from "node:crypto";
import { beforeAll, describe, expect, test } from "vitest";
import { Journal } from "../core/journal/journal.ts";
import { random } from "../core/random.ts";
import { testClock } from "./market/test-clock.ts";
import { startExchange } from "./server.ts";
import { key } from "./testing/exchange.ts";
import { RawStream, rawRequest } from "./testing/raw.ts";

const channels = ["rest", "public", "private", "trade"] as const;
type Wire = Record<(typeof channels)[number], Buffer>;

const linear = { category: "linear", symbol: "BTCUSDT" };
const market = { ...linear, side: "Buy", orderType: "Market", qty: "40" };
const deep = { ...linear, side: "Buy", orderType: "Limit", qty: "1", timeInForce: "PostOnly" };

/** The same session with everything that the exchange has, all of it in one order. */
async function played(seed: string): Promise<Wire> {
  const clock = testClock("2026-01-01T00:30:00Z");
  const exchange = await startExchange({
    ...{ clock, journal: new Journal(clock), symbols: ["BTCUSDT"], keys: [key], random: random(seed) },
  });
  const streams: RawStream[] = [];
  const open = async (url: string, deflate = false): Promise<RawStream> => {
    const stream = await RawStream.open(url, deflate);
    streams.push(stream);
    return stream;
  };
  const signed = (text: string): string => createHmac("sha256", key.secret).update(text).digest("hex");
  const bodies: Buffer[] = [];
  const rest = async (method: string, path: string, payload: string): Promise<Buffer> => {
    const timestamp = String(clock.now());
    const headers = { "X-BAPI-API-KEY": key.key, "X-BAPI-TIMESTAMP": timestamp, "X-BAPI-RECV-WINDOW": "5000" };
    const signature = { "X-BAPI-SIGN": signed(`${timestamp}${key.key}5000${payload}`) };
    const url = `${exchange.restUrl}${path}${method === "GET" ? `?${payload}` : ""}`;
    const body = await rawRequest(url, method, { ...headers, ...signature }, method === "POST" ? payload : "");
    bodies.push(body);
    return body;
  };
  const get = (path: string, query: Record<string, string> = linear): Promise<Buffer> =>
    rest("GET", path, new URLSearchParams(query).toString());
  const post = (path: string, body: object): Promise<Buffer> => rest("POST", path, JSON.stringify(body));

  try {
    const publicStream = await open(`${exchange.publicUrl}/v5/public/linear`, true);
    const privateStream = await open(exchange.privateUrl);
    const tradeStream = await open(exchange.tradeUrl);
    const expires = clock.now() + 10_000;
    const auth = { op: "auth", args: [key.key, expires, signed(`GET/realtime${expires}`)] };
    privateStream.send({ ...auth, req_id: "auth" });
    await privateStream.until('"auth"');
    privateStream.send({ op: "subscribe", req_id: "all", args: ["order", "execution", "position", "wallet"] });
    await privateStream.until('"all"');
    tradeStream.send({ ...auth, reqId: "auth" });
    await tradeStream.until('"reqId":"auth"');
    const topics = ["orderbook.50", "orderbook.1", "publicTrade", "tickers", "kline.1"];
    publicStream.send({ op: "subscribe", req_id: "all", args: topics.map((topic) => `${topic}.BTCUSDT`) });
    await publicStream.until('"all"');

    for (const round of [1, 2, 3]) {
      clock.advance(700 * round);
      await post("/v5/order/create", { ...market, takeProfit: "900000", stopLoss: "1" });
      const reqId = `create-${round}`;
      const header = { "X-BAPI-TIMESTAMP": String(clock.now()) };
      tradeStream.send({ reqId, header, op: "order.create", args: [{ ...deep, price: "20000", orderLinkId: reqId }] });
      await tradeStream.until(`"reqId":"${reqId}"`);
      await post("/v5/order/create", {
        category: "spot",
        symbol: "BTCUSDT",
        side: "Buy",
        orderType: "Market",
        qty: "900",
      });
      clock.advance(3_000);
      await get("/v5/market/orderbook", { ...linear, limit: "50" });
    }
    await post("/v5/order/cancel-all", linear);
    for (const path of ["/v5/market/tickers", "/v5/market/recent-trade", "/v5/order/history", "/v5/order/realtime"])
      await get(path);
    for (const path of ["/v5/execution/list", "/v5/position/list", "/v5/position/closed-pnl"]) await get(path);
    await get("/v5/account/wallet-balance", { accountType: "UNIFIED" });
    await get("/v5/account/transaction-log", {});
    for (const stream of [publicStream, privateStream]) stream.send({ op: "ping", req_id: "last" });
    tradeStream.send({ op: "ping", reqId: "last" });
    await Promise.all(streams.map((stream) => stream.until('"last"')));
    return {
      rest: Buffer.concat(bodies),
      public: publicStream.bytes,
      private: privateStream.bytes,
      trade: tradeStream.bytes,
    };
  } finally {
    for (const stream of streams) stream.close();
    await exchange.close();
  }
}

describe("the bytes on the wire", () => {
  let runs: { a: Wire; again: Wire; b: Wire };

  beforeAll(async () => {
    runs = { a: await played("a"), again: await played("a"), b: await played("b") };
  });

  test("show a session in which every channel had its say", () => {
    const { a } = runs;
    const rest = a.rest.toString("utf8");
    expect(rest.match(/"retCode":-?\d+/g)?.every((code) => code === '"retCode":0')).toBe(true);
    expect(rest).toContain('"execType":"Trade"');
    const pushed = a.private.toString("latin1");
    for (const topic of ["order", "execution", "position", "wallet"]) expect(pushed).toContain(`"topic":"${topic}"`);
    expect(pushed).toContain('"orderStatus":"Cancelled"');
    expect(a.trade.toString("latin1").match(/"retCode":0/g)?.length).toBeGreaterThanOrEqual(4);
    const shown = a.public.toString("latin1");
    for (const topic of ["orderbook.50", "tickers", "kline.1"]) expect(shown).toContain(`"topic":"${topic}.BTCUSDT"`);
  });

  test.each(channels)("of %s are the same for the same seed and others for another", (channel) => {
    const { a, again, b } = runs;
    expect(firstDifference(a[channel], again[channel])).toBe("");
    expect(b[channel].equals(a[channel])).toBe(false);
  });
});

/** What both have around the first byte that differs; nothing where they are equal. */
function firstDifference(one: Buffer, other: Buffer): string {
  if (one.equals(other)) return "";
  let at = 0;
  while (one[at] === other[at]) at += 1;
  const around = (bytes: Buffer): string => bytes.subarray(Math.max(at - 80, 0), at + 80).toString("latin1");
  return `at byte ${at}: ${around(one)} | ${around(other)}`;
}
