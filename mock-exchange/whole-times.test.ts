/**
 * No time of the exchange is a fraction of a millisecond, in any reply and any push, whatever the clock says: whoever
 * reads one as an integer breaks on it. The session asks for everything there is while the clock stands between two
 * milliseconds.
 */

import { createHmac } from "node:crypto";
import { once } from "node:events";
import { afterEach, expect, test } from "vitest";
import type { Clock } from "../core/clock.ts";
import { Journal } from "../core/journal/journal.ts";
import { testClock } from "./market/test-clock.ts";
import { gets } from "./rest/rest-server.ts";
import { startExchange, type Exchange } from "./server.ts";
import { key } from "./testing/exchange.ts";
import { PublicClient } from "./testing/public-client.ts";

const closers: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

/** Epoch milliseconds of these decades with something behind the point. */
const fraction = /(?<![\d.])1[4-9]\d{11}\.\d+/g;
const between = 0.4304;
const categories = ["linear", "inverse", "spot", "option"] as const;
const symbols = { linear: "BTCUSDT", inverse: "BTCUSD", spot: "BTCUSDT", option: "" };

const signed = (text: string): string => createHmac("sha256", key.secret).update(text).digest("hex");

async function ask(exchange: Exchange, nowMs: number, method: string, path: string, payload: string): Promise<string> {
  const timestamp = String(Math.floor(nowMs));
  const headers = {
    ...{ "X-BAPI-API-KEY": key.key, "X-BAPI-TIMESTAMP": timestamp, "X-BAPI-RECV-WINDOW": "5000" },
    "X-BAPI-SIGN": signed(`${timestamp}${key.key}5000${payload}`),
  };
  const url = `${exchange.restUrl}${path}${method === "GET" ? `?${payload}` : ""}`;
  const reply = await fetch(url, { method, headers, ...(method === "POST" ? { body: payload } : {}) });
  return `${path} ${JSON.stringify([...reply.headers])} ${await reply.text()}`;
}

async function dial(url: string): Promise<PublicClient> {
  const client = new PublicClient(url);
  closers.push(() => client.ws.terminate());
  await once(client.ws, "open");
  return client;
}

async function said(client: PublicClient, request: Record<string, unknown>, answered: string): Promise<void> {
  client.send(request);
  await client.until(() => client.texts.some((text) => text.includes(answered)));
}

/** Every topic of a category that the streams have. */
const topicsOf = (category: (typeof categories)[number], symbol: string): string[] => {
  if (category === "option") return [`tickers.${symbol}`, `orderbook.25.${symbol}`, "publicTrade.BTC"];
  const plain = ["orderbook.1", "orderbook.50", "orderbook.200", "publicTrade", "tickers", "kline.1"];
  const contracts = ["allLiquidation", "priceLimit", "orderbook.1000"];
  return [...plain, ...(category === "spot" ? [] : contracts)].map((name) => `${name}.${symbol}`);
};

async function streams(exchange: Exchange, clock: Clock): Promise<PublicClient[]> {
  const publics = await Promise.all(
    categories.map(async (category) => {
      const client = await dial(`${exchange.publicUrl}/v5/public/${category}`);
      const symbol =
        category === "option" ? (exchange.state.market.options()[0]?.spec.instrument.symbol ?? "") : symbols[category];
      const args = topicsOf(category, symbol);
      await said(
        client,
        { op: "subscribe", args, req_id: "all" },
        category === "option" ? "COMMAND_RESP" : '"subscribe"',
      );
      return client;
    }),
  );
  const expires = Math.floor(clock.now()) + 10_000;
  const login = [key.key, expires, signed(`GET/realtime${expires}`)];
  const [own, trade] = [await dial(exchange.privateUrl), await dial(exchange.tradeUrl)];
  for (const client of [own, trade]) await said(client, { op: "auth", args: login }, '"auth"');
  await said(own, { op: "subscribe", args: ["order", "execution", "position", "wallet"] }, '"subscribe"');
  const order = { category: "linear", symbol: "BTCUSDT", side: "Buy", orderType: "Market", qty: "0.1" };
  const header = { "X-BAPI-TIMESTAMP": String(Math.floor(clock.now())) };
  await said(trade, { reqId: "1", op: "order.create", header, args: [order] }, '"order.create"');
  return [...publics, own, trade];
}

test("no reply and no push has a time with a fraction", async () => {
  const whole = testClock("2026-01-01T07:59:57Z");
  const clock: Clock = { ...whole, startMs: whole.startMs + between, now: () => whole.now() + between };
  const exchange = await startExchange({
    ...{ clock, journal: new Journal(clock), symbols: [], keys: [key], limited: false },
  });
  closers.push(() => exchange.close());
  const clients = await streams(exchange, clock);
  const texts: string[] = [];
  const orders = [
    { category: "linear", symbol: "BTCUSDT", side: "Buy", orderType: "Market", qty: "1", stopLoss: "1" },
    { category: "inverse", symbol: "BTCUSD", side: "Sell", orderType: "Market", qty: "1000" },
    { category: "spot", symbol: "BTCUSDT", side: "Buy", orderType: "Market", qty: "1000" },
    { category: "linear", symbol: "BTCUSDT", side: "Sell", orderType: "Market", qty: "0.5", reduceOnly: true },
  ];
  const post = async (path: string, body: object): Promise<void> =>
    void texts.push(await ask(exchange, clock.now(), "POST", path, JSON.stringify(body)));
  for (const order of orders) await post("/v5/order/create", order);
  await post("/v5/order/cancel-all", { category: "linear", settleCoin: "USDT" });
  await post("/v5/order/create-batch", { category: "linear", request: orders.slice(0, 1) });
  // Over the hour at which funding is paid, and never on a whole millisecond.
  for (let step = 0; step < 12; step += 1) {
    whole.advance(611.37);
    exchange.state.market.catchUp();
  }
  const common = { intervalTime: "5min", period: "5min", accountType: "UNIFIED", coin: "USDT", settleCoin: "USDT" };
  for (const category of categories) {
    const narrowed = category === "option" ? { baseCoin: "BTC" } : { symbol: symbols[category] };
    for (const { path } of gets.values()) {
      const interval = path.includes("kline") ? { interval: "1" } : {};
      const query = new URLSearchParams({ category, ...narrowed, ...common, ...interval }).toString();
      texts.push(await ask(exchange, clock.now(), "GET", path, query));
    }
  }
  for (const client of clients) await said(client, { op: "ping", req_id: "last" }, "pong");

  const succeeded = texts.filter((text) => text.includes('"retCode":0'));
  expect(succeeded.length).toBeGreaterThan(100);
  const pushes = clients.flatMap((client) => client.texts);
  for (const topic of ["orderbook.1000", "kline", "tickers", "publicTrade", "execution", "position", "wallet", "order"])
    expect(pushes.filter((text) => text.includes(`"topic":"${topic}`)).length, topic).toBeGreaterThan(0);
  expect(pushes.join("")).toContain('"execType":"Funding"');
  const found = [...texts, ...pushes].flatMap((text) =>
    [...text.matchAll(fraction)].map(([time]) => `${time} in ${text.slice(0, 300)}`),
  );
  expect(found).toEqual([]);
});
