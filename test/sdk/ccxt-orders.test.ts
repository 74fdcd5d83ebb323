/** ccxt: batches, conditional and guarded orders, hedge mode, inverse contracts, options, and its own paging. */

import ccxt from "ccxt";
import { afterAll, beforeAll, expect, test } from "vitest";
import { pointAt } from "./support/ccxt-urls.ts";
import { credentials, restingBuy, startSdkStage, type SdkStage } from "./support/sdk-stage.ts";

const swap = "BTC/USDT:USDT";
const inverse = "BTC/USD:BTC";

let stage: SdkStage;
let exchange: InstanceType<typeof ccxt.bybit>;

beforeAll(async () => {
  stage = await startSdkStage({ limited: false });
  exchange = new ccxt.bybit({ apiKey: credentials.key, secret: credentials.secret, enableRateLimit: false });
  pointAt(stage.exchange, exchange);
  await exchange.loadMarkets();
});
afterAll(async () => {
  await exchange.close();
  await stage.exchange.close();
});

const priced = async (factor: number, symbol = swap): Promise<number> =>
  Number(exchange.priceToPrecision(symbol, Number((await exchange.fetchTicker(symbol)).last) * factor));
const held = async (symbol = swap) =>
  (await exchange.fetchPositions([symbol])).map(({ side, contracts }) => [side, contracts]);

test("orders in a batch, edited and cancelled in batches", async () => {
  const price = await priced(restingBuy);
  const order = { symbol: swap, type: "limit" as const, side: "buy" as const, price };
  const placed = await exchange.createOrders([
    { ...order, amount: 0.01 },
    { ...order, amount: 0.02 },
  ]);
  const ids = placed.map(({ id }) => id ?? "");
  expect(new Set(ids).size).toBe(2);
  await exchange.editOrders(ids.map((id) => ({ ...order, id, amount: 0.03 })));
  const open = await exchange.fetchOpenOrders(swap);
  expect(open.map(({ id, amount }) => [id, amount]).toSorted()).toEqual(ids.map((id) => [id, 0.03]).toSorted());
  await exchange.cancelOrders(ids, swap);
  expect(await exchange.fetchOpenOrders(swap)).toEqual([]);
});

test("a conditional order waits as such, and is cancelled", async () => {
  const triggerPrice = await priced(1.01);
  const { id } = await exchange.createOrder(swap, "market", "buy", 0.01, undefined, {
    triggerPrice,
    triggerDirection: "ascending",
  });
  expect(await exchange.fetchOpenOrders(swap, undefined, undefined, { trigger: true })).toMatchObject([
    { id, status: "open", triggerPrice, side: "buy", amount: 0.01 },
  ]);
  await exchange.cancelOrder(id ?? "", swap, { trigger: true });
  expect(await exchange.fetchOpenOrders(swap)).toEqual([]);
  await expect(
    exchange.createOrder(swap, "market", "buy", 0.01, undefined, {
      triggerPrice: await priced(0.99),
      triggerDirection: "ascending",
    }),
  ).rejects.toBeInstanceOf(ccxt.InvalidOrder);
});

test("take profit and stop loss, attached and on their own, are the position's", async () => {
  const [takeProfit, stopLoss] = [await priced(1.02), await priced(0.98)];
  await exchange.createOrder(swap, "market", "buy", 0.01, undefined, {
    takeProfit: { triggerPrice: takeProfit },
    stopLoss: { triggerPrice: stopLoss },
  });
  expect(await exchange.fetchPosition(swap)).toMatchObject({
    ...{ side: "long", contracts: 0.01, takeProfitPrice: takeProfit, stopLossPrice: stopLoss },
  });
  const lower = await priced(0.97);
  await exchange.createOrder(swap, "market", "sell", 0.01, undefined, { stopLossPrice: lower, reduceOnly: true });
  const stops = await exchange.fetchOpenOrders(swap, undefined, undefined, { trigger: true });
  expect(stops.map(({ triggerPrice }) => triggerPrice).toSorted()).toEqual([lower, stopLoss, takeProfit].toSorted());
  await exchange.createOrder(swap, "market", "sell", 0.01, undefined, { reduceOnly: true });
  expect(await held()).toEqual([[undefined, 0]]);
  // Those of the position went with it; a conditional order of its own waits on.
  expect(await exchange.fetchOpenOrders(swap, undefined, undefined, { trigger: true })).toMatchObject([
    { triggerPrice: lower, reduceOnly: true },
  ]);
  await exchange.cancelAllOrders(swap, { trigger: true });
  expect(await exchange.fetchOpenOrders(swap)).toEqual([]);
});

test("hedge mode: both sides are positions of their own", async () => {
  await exchange.setPositionMode(true, swap);
  await exchange.createOrder(swap, "market", "buy", 0.02, undefined, { hedged: true });
  await exchange.createOrder(swap, "market", "sell", 0.01, undefined, { hedged: true });
  expect((await held()).toSorted()).toEqual([
    ["long", 0.02],
    ["short", 0.01],
  ]);
  await exchange.createOrder(swap, "market", "sell", 0.02, undefined, { hedged: true, reduceOnly: true });
  await exchange.createOrder(swap, "market", "buy", 0.01, undefined, { hedged: true, reduceOnly: true });
  await exchange.setPositionMode(false, swap);
  expect(await held()).toEqual([[undefined, 0]]);
});

test("inverse: leverage set, bought, closed; the balance moves in the coin", async () => {
  const coin = async (): Promise<number> => Number((await exchange.fetchBalance()).BTC?.total);
  const before = await coin();
  await exchange.setLeverage(3, inverse);
  await exchange.createOrder(inverse, "market", "buy", 1_000);
  expect(await exchange.fetchPositions([inverse])).toMatchObject([{ side: "long", contracts: 1_000, leverage: 3 }]);
  await exchange.createOrder(inverse, "market", "sell", 1_000, undefined, { reduceOnly: true });
  const [closed] = await exchange.fetchPositionsHistory([inverse]);
  expect(Number((closed?.info as { closedPnl?: string }).closedPnl)).toBeCloseTo((await coin()) - before, 8);
});

test("options: a chain, its greeks and a book", async () => {
  const chain = await exchange.fetchOptionChain("BTC");
  const symbols = Object.keys(chain);
  expect(symbols.length).toBeGreaterThan(10);
  const quoted = symbols.find((symbol) => Number(chain[symbol]?.bidPrice) > 0) ?? "";
  expect(exchange.market(quoted)).toMatchObject({ type: "option", strike: expect.any(Number) as number });
  const greeks = await exchange.fetchGreeks(quoted);
  expect(Math.abs(Number(greeks.delta))).toBeLessThanOrEqual(1);
  expect(greeks.markImpliedVolatility).toBeGreaterThan(0);
  const book = await exchange.fetchOrderBook(quoted);
  expect(book.bids[0]?.[0]).toBeLessThan(book.asks[0]?.[0] ?? 0);
});

test("ccxt's own paging and its cursors read candles and trades to the end, each once", async () => {
  const since = Date.now() - 3 * 86_400_000;
  const candles = await exchange.fetchOHLCV(swap, "1m", since, undefined, { paginate: true, paginationCalls: 4 });
  expect(candles.length).toBeGreaterThan(1_000);
  const steps = candles.slice(1).map(([at], i) => Number(at) - Number(candles[i]?.[0]));
  expect(new Set(steps)).toEqual(new Set([60_000]));
  const all = await exchange.fetchMyTrades(swap, undefined, 100);
  expect(all.length).toBeGreaterThan(4);

  // Where a limit is given ccxt cuts what its own paging found to that, so the pages are turned by hand, as it does.
  const turned: string[] = [];
  let cursor: string | undefined;
  do {
    const page = await exchange.fetchMyTrades(swap, undefined, 2, cursor === undefined ? {} : { cursor });
    turned.unshift(...page.map(({ id }) => id ?? ""));
    cursor = page.map(({ info }) => (info as { nextPageCursor?: string }).nextPageCursor).find(Boolean);
  } while (cursor !== undefined);
  expect(turned.toSorted()).toEqual(all.map(({ id }) => id ?? "").toSorted());
});
