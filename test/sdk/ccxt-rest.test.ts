/** ccxt's REST client: markets with and without keys, and a session that trades and reads what came of it. */

import ccxt from "ccxt";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { pointAt } from "./support/ccxt-urls.ts";
import { credentials, crossingBuy, restingBuy, startSdkStage, type SdkStage } from "./support/sdk-stage.ts";

const swap = "BTC/USDT:USDT";

let stage: SdkStage;

beforeAll(async () => {
  stage = await startSdkStage();
});
afterAll(() => stage.exchange.close());

function client(keys: object = {}) {
  // ccxt spaces its requests for the real exchange's sake; the mock's limits are the same and far away.
  const exchange = new ccxt.bybit({ ...keys, enableRateLimit: false });
  pointAt(stage.exchange, exchange);
  return exchange;
}

describe.each([
  ["without keys", {}],
  ["with keys", { apiKey: credentials.key, secret: credentials.secret }],
])("%s", (_, keys) => {
  test("the markets load, each of its kind, and their data agrees", async () => {
    const exchange = client(keys);
    const markets = await exchange.loadMarkets();
    expect(markets[swap]).toMatchObject({ id: "BTCUSDT", type: "swap", linear: true, settle: "USDT", active: true });
    expect(markets["BTC/USDT"]).toMatchObject({ id: "BTCUSDT", type: "spot", active: true });
    expect(markets["BTC/USD:BTC"]).toMatchObject({ id: "BTCUSD", type: "swap", inverse: true, settle: "BTC" });
    const all = Object.values(markets).map((market) => market?.type);
    expect(new Set(all)).toEqual(new Set(["spot", "swap", "future", "option"]));
    expect(all.filter((type) => type === "swap").length).toBeGreaterThanOrEqual(30);
    expect(markets[swap]).toMatchObject({ precision: { price: 0.1, amount: 0.001 } });

    for (const symbol of [swap, "BTC/USDT", "BTC/USD:BTC"]) {
      const ticker = await exchange.fetchTicker(symbol);
      expect(ticker.bid).toBeLessThan(ticker.ask ?? 0);
      expect(ticker.low).toBeLessThanOrEqual(ticker.last ?? 0);
      expect(ticker.high).toBeGreaterThanOrEqual(ticker.last ?? Infinity);
      const book = await exchange.fetchOrderBook(symbol, 50);
      expect([book.bids.length, book.asks.length]).toEqual([50, 50]);
      expect(book.bids[0]?.[0]).toBeLessThan(book.asks[0]?.[0] ?? 0);
      const candles = await exchange.fetchOHLCV(symbol, "1m", undefined, 5);
      expect(candles).toHaveLength(5);
      expect(Number(candles[4]?.[0]) - Number(candles[0]?.[0])).toBe(4 * 60_000);
      const trades = await exchange.fetchTrades(symbol, undefined, 20);
      expect(trades).toHaveLength(20);
      expect(trades.every(({ price, amount }) => Number(price) > 0 && Number(amount) > 0)).toBe(true);
      expect(trades.map(({ timestamp }) => timestamp)).toEqual(
        trades.map(({ timestamp }) => timestamp).toSorted((a, b) => Number(a) - Number(b)),
      );
    }
    await exchange.close();
  });
});

test("an order is created, edited, cancelled; another fills, and its position is closed", async () => {
  const exchange = client({ apiKey: credentials.key, secret: credentials.secret });
  await exchange.loadMarkets();
  const usdt = async (): Promise<number> => Number((await exchange.fetchBalance()).USDT?.total);
  const before = await usdt();
  const last = Number((await exchange.fetchTicker(swap)).last);
  const priced = (factor: number): number => Number(exchange.priceToPrecision(swap, last * factor));

  const id = idOf(await exchange.createOrder(swap, "limit", "buy", 0.01, priced(restingBuy)));
  const [open, ...others] = await exchange.fetchOpenOrders(swap);
  expect(open).toMatchObject({ id, status: "open", side: "buy", amount: 0.01, price: priced(restingBuy), filled: 0 });
  expect(others).toEqual([]);
  await exchange.editOrder(id, swap, "limit", "buy", 0.02, priced(0.96));
  expect(await exchange.fetchOpenOrders(swap)).toMatchObject([{ id, amount: 0.02, price: priced(0.96) }]);
  await exchange.cancelOrder(id, swap);
  expect(await exchange.fetchOpenOrders(swap)).toEqual([]);
  expect(await exchange.fetchCanceledOrders(swap)).toMatchObject([{ id, status: "canceled", filled: 0 }]);
  await expect(exchange.cancelOrder(id, swap)).rejects.toBeInstanceOf(ccxt.OrderNotFound);

  const bought = idOf(await exchange.createOrder(swap, "limit", "buy", 0.01, priced(restingBuy)));
  await exchange.editOrder(bought, swap, "limit", "buy", 0.02, priced(crossingBuy));
  const [position] = await exchange.fetchPositions([swap]);
  expect(position).toMatchObject({ symbol: swap, side: "long", contracts: 0.02 });
  const fills = (await exchange.fetchMyTrades(swap)).filter(({ order }) => order === bought);
  expect(fills.reduce((sum, { amount }) => sum + Number(amount), 0)).toBeCloseTo(0.02, 9);
  expect(fills.every(({ fee }) => fee?.currency === "USDT" && Number(fee.cost) > 0)).toBe(true);

  await exchange.createOrder(swap, "market", "sell", 0.02, undefined, { reduceOnly: true });
  expect(await exchange.fetchPositions([swap])).toMatchObject([{ contracts: 0 }]);
  const [closed] = await exchange.fetchPositionsHistory([swap]);
  expect(closed).toMatchObject({ symbol: swap, contracts: 0.02 });
  expect(Number((closed?.info as { closedPnl?: string }).closedPnl)).toBeCloseTo((await usdt()) - before, 6);
  await exchange.close();
});

test("spot: coins are bought at the market and the balances moved by the fill", async () => {
  const exchange = client({ apiKey: credentials.key, secret: credentials.secret });
  await exchange.loadMarkets();
  const before = await exchange.fetchBalance();
  const { id } = await exchange.createOrder("BTC/USDT", "market", "buy", 0.01);
  const fills = (await exchange.fetchMyTrades("BTC/USDT")).filter(({ order }) => order === id);
  const after = await exchange.fetchBalance();
  const [cost, fee] = [fills.map((fill) => Number(fill.cost)), fills.map((fill) => Number(fill.fee?.cost))].map(
    (parts) => parts.reduce((sum, part) => sum + part, 0),
  );
  expect(Number(before.USDT?.total) - Number(after.USDT?.total)).toBeCloseTo(cost ?? NaN, 6);
  expect(Number(after.BTC?.total) - Number(before.BTC?.total)).toBeCloseTo(0.01 - (fee ?? NaN), 9);
  await exchange.close();
});

test("errors become the classes that ccxt's users catch", async () => {
  const keys = { apiKey: credentials.key, secret: credentials.secret };
  const exchange = client(keys);
  await exchange.loadMarkets();
  await expect(exchange.createOrder(swap, "market", "buy", 1_000_000)).rejects.toBeInstanceOf(ccxt.ExchangeError);
  await expect(client({ ...keys, apiKey: "nobody" }).fetchBalance()).rejects.toBeInstanceOf(ccxt.AuthenticationError);
  await expect(client({ ...keys, secret: "x" }).fetchBalance()).rejects.toBeInstanceOf(ccxt.AuthenticationError);
});

/** ccxt's types allow for an order without an id. */
const idOf = ({ id }: { id?: string | undefined }): string => id ?? "";
