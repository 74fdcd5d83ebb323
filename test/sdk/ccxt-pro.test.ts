/** ccxt.pro: what its watch methods make of the public streams, and of orders that trade. */

import ccxt from "ccxt";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { pointAt } from "./support/ccxt-urls.ts";
import {
  acknowledged,
  credentials,
  crossingBuy,
  restingBuy,
  startSdkStage,
  type SdkStage,
} from "./support/sdk-stage.ts";

const swap = "BTC/USDT:USDT";

let stage: SdkStage;
let exchange: InstanceType<typeof ccxt.pro.bybit>;

beforeAll(async () => {
  stage = await startSdkStage();
});
afterAll(() => stage.exchange.close());

beforeEach(async () => {
  exchange = new ccxt.pro.bybit({ apiKey: credentials.key, secret: credentials.secret, enableRateLimit: false });
  pointAt(stage.exchange, exchange);
  // For plain ws:// ccxt wants this set once, with or without a proxy.
  await exchange.loadHttpProxyAgent();
  await exchange.loadMarkets();
});
afterEach(() => exchange.close());

test.each([swap, "BTC/USDT", "BTC/USD:BTC"])("%s: book, ticker, trades and candles", async (symbol) => {
  let stampMs = 0;
  for (let seen = 0; seen < 10; seen += 1) {
    const book = await exchange.watchOrderBook(symbol);
    expect(book.bids[0]?.[0]).toBeLessThan(book.asks[0]?.[0] ?? 0);
    expect([book.bids.length, book.asks.length]).toEqual([50, 50]);
    expect(book.timestamp).toBeGreaterThanOrEqual(stampMs);
    stampMs = Number(book.timestamp);
  }
  const [ticker, trades, candles] = await Promise.all([
    exchange.watchTicker(symbol),
    exchange.watchTrades(symbol),
    exchange.watchOHLCV(symbol, "1m"),
  ]);
  expect(ticker.symbol).toBe(symbol);
  const [trade, candle] = [trades.at(-1), candles.at(-1)];
  expect(Number(trade?.amount)).toBeGreaterThan(0);
  expect(Math.abs(Number(trade?.price) / Number(ticker.last) - 1)).toBeLessThan(0.01);
  expect(Number(candle?.[0]) % 60_000).toBe(0);
  expect(candle?.[2]).toBeGreaterThanOrEqual(Number(candle?.[3]));
});

test("an order's life is watched from its creation to its fills", async () => {
  const last = Number((await exchange.fetchTicker(swap)).last);
  const priced = (factor: number): number => Number(exchange.priceToPrecision(swap, last * factor));
  // A watch misses what happens before its subscription is acknowledged, which ccxt keeps to itself: the journal shows it.
  const [orders, fills] = [exchange.watchOrders(swap), exchange.watchMyTrades(swap)];
  await acknowledged(stage, "order", "execution");

  const id = idOf(await exchange.createOrder(swap, "limit", "buy", 0.01, priced(restingBuy)));
  expect((await orders).at(-1)).toMatchObject({ id, status: "open", amount: 0.01, filled: 0 });
  await exchange.editOrder(id, swap, "limit", "buy", 0.02, priced(crossingBuy));
  let order = (await exchange.watchOrders(swap)).at(-1);
  while (order?.status !== "closed") order = (await exchange.watchOrders(swap)).at(-1);
  expect(order).toMatchObject({ id, amount: 0.02, filled: 0.02, remaining: 0 });
  const [fill] = await fills;
  expect(fill).toMatchObject({ order: id, symbol: swap, side: "buy", fee: { currency: "USDT" } });
  await exchange.createOrder(swap, "market", "sell", 0.02, undefined, { reduceOnly: true });
  expect(await exchange.fetchPositions([swap])).toMatchObject([{ contracts: 0 }]);
});

test("orders go over the trade stream as well", async () => {
  const last = Number((await exchange.fetchTicker(swap)).last);
  const priced = (factor: number): number => Number(exchange.priceToPrecision(swap, last * factor));
  const id = idOf(await exchange.createOrderWs(swap, "limit", "buy", 0.01, priced(restingBuy)));
  expect(await exchange.fetchOpenOrders(swap)).toMatchObject([{ id, amount: 0.01 }]);
  await exchange.editOrderWs(id, swap, "limit", "buy", 0.02, priced(0.96));
  expect(await exchange.fetchOpenOrders(swap)).toMatchObject([{ id, amount: 0.02, price: priced(0.96) }]);
  await exchange.cancelOrderWs(id, swap);
  expect(await exchange.fetchOpenOrders(swap)).toEqual([]);
});

/** ccxt's types allow for an order without an id. */
const idOf = ({ id }: { id?: string | undefined }): string => id ?? "";
