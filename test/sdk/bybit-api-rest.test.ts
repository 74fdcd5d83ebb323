/** bybit-api's RestClientV5: a session of market data, an order, its fill, the position's end and the balance. */

import { Big } from "big.js";
import { RestClientV5 } from "bybit-api";
import { afterAll, beforeAll, expect, test } from "vitest";
import { away, credentials, crossingBuy, restingBuy, startSdkStage, type SdkStage } from "./support/sdk-stage.ts";

const linear = { category: "linear", symbol: "BTCUSDT" } as const;

let stage: SdkStage;
let client: RestClientV5;

beforeAll(async () => {
  stage = await startSdkStage();
  // `throwExceptions` makes the SDK itself check that every retCode is the number 0.
  client = new RestClientV5({ ...credentials, baseUrl: stage.exchange.restUrl, throwExceptions: true });
});

afterAll(() => stage.exchange.close());

test("the market's views agree", async () => {
  const { timeNano } = (await client.getServerTime()).result;
  expect(Math.abs(Number(BigInt(timeNano) / 1_000_000n) - Date.now())).toBeLessThan(5_000);

  const [instrument] = (await client.getInstrumentsInfo(linear)).result.list;
  expect(instrument).toMatchObject({ symbol: "BTCUSDT", status: "Trading", priceFilter: { tickSize: "0.10" } });

  const book = (await client.getOrderbook({ ...linear, limit: 50 })).result;
  expect([book.b.length, book.a.length]).toEqual([50, 50]);
  const [bids, asks] = [book.b, book.a].map((side) => side.map(([price]) => Number(price)));
  expect(bids).toEqual(bids?.toSorted((x, y) => y - x));
  expect(asks).toEqual(asks?.toSorted((x, y) => x - y));
  expect(bids?.[0]).toBeLessThan(asks?.[0] ?? 0);

  const [ticker] = (await client.getTickers(linear)).result.list;
  expect(Number(ticker?.bid1Price)).toBeLessThan(Number(ticker?.ask1Price));
  expect(Number(ticker?.lastPrice)).toBeGreaterThanOrEqual(Number(ticker?.lowPrice24h));
  expect(Number(ticker?.lastPrice)).toBeLessThanOrEqual(Number(ticker?.highPrice24h));

  const klines = (await client.getKline({ ...linear, interval: "1", limit: 200 })).result.list;
  expect(klines).toHaveLength(200);
  const starts = klines.map(([start]) => Number(start));
  expect(starts.slice(1).every((start, i) => (starts[i] ?? 0) - start === 60_000)).toBe(true);
  for (const [, open, high, low, close] of klines) {
    expect(Math.max(Number(open), Number(close))).toBeLessThanOrEqual(Number(high));
    expect(Math.min(Number(open), Number(close))).toBeGreaterThanOrEqual(Number(low));
  }

  const trades = (await client.getPublicTradingHistory({ ...linear, limit: 10 })).result.list;
  expect(trades).toHaveLength(10);
  expect(trades.every(({ side, price }) => ["Buy", "Sell"].includes(side) && Number(price) > 0)).toBe(true);
});

test("an order is placed, amended, filled, the position closed, and the balance is what that cost", async () => {
  const usdt = async (): Promise<string> => {
    const [account] = (await client.getWalletBalance({ accountType: "UNIFIED", coin: "USDT" })).result.list;
    return account?.coin.find(({ coin }) => coin === "USDT")?.walletBalance ?? "";
  };
  const position = async () => (await client.getPositionInfo(linear)).result.list[0];
  const before = await usdt();
  await client.setLeverage({ ...linear, buyLeverage: "5", sellLeverage: "5" });

  const last = (await client.getTickers(linear)).result.list[0]?.lastPrice ?? "";
  const order = { ...linear, side: "Buy", orderType: "Limit", qty: "0.01", orderLinkId: "session-1" } as const;
  const { orderId } = (await client.submitOrder({ ...order, price: away(last, restingBuy) })).result;
  await client.amendOrder({ ...linear, orderId, qty: "0.02" });
  const [resting] = (await client.getActiveOrders({ ...linear, orderId })).result.list;
  expect(resting).toMatchObject({ orderLinkId: "session-1", orderStatus: "New", qty: "0.02", cumExecQty: "0" });

  // The amended price crosses the spread, so the order trades at once.
  await client.amendOrder({ ...linear, orderLinkId: "session-1", price: away(last, crossingBuy) });
  const [filled] = (await client.getActiveOrders({ ...linear, orderId })).result.list;
  expect(filled).toMatchObject({ orderStatus: "Filled", cumExecQty: "0.02", leavesQty: "0" });
  expect(await position()).toMatchObject({ side: "Buy", size: "0.02", leverage: "5" });
  expect(Number((await position())?.avgPrice)).toBeCloseTo(Number(filled?.avgPrice), 4);
  const executions = (await client.getExecutionList({ ...linear, orderId })).result.list;
  expect(sum(executions.map(({ execQty }) => execQty))).toBe("0.02");
  expect(sum(executions.map(({ execFee }) => execFee))).toBe(filled?.cumExecFee);

  await client.submitOrder({ ...linear, side: "Sell", orderType: "Market", qty: "0.02", reduceOnly: true });
  expect(await position()).toMatchObject({ side: "", size: "0" });
  const [closed] = (await client.getClosedPnL(linear)).result.list;
  expect(closed).toMatchObject({ side: "Sell", qty: "0.02", closedSize: "0.02" });
  expect(new Big(await usdt()).minus(before).toFixed()).toBe(closed?.closedPnl);
});

test("a cursor that the SDK passes back finds the next page", async () => {
  const last = (await client.getTickers(linear)).result.list[0]?.lastPrice ?? "";
  const order = { ...linear, side: "Buy", orderType: "Limit", qty: "0.01", price: away(last, restingBuy) } as const;
  const placed: string[] = [];
  for (let i = 0; i < 3; i += 1) placed.push((await client.submitOrder(order)).result.orderId);
  const seen: string[] = [];
  let cursor: string | undefined;
  do {
    const page = await client.getActiveOrders({ ...linear, limit: 1, ...(cursor === undefined ? {} : { cursor }) });
    seen.push(...page.result.list.map(({ orderId }) => orderId));
    // The SDK encodes what it sends, so a caller hands it the text behind the cursor.
    cursor = decodeURIComponent(page.result.nextPageCursor ?? "");
  } while (cursor !== "");
  expect(seen).toEqual(placed.toReversed());

  const cancelled = (await client.cancelAllOrders(linear)).result.list;
  expect(cancelled.map(({ orderId }) => orderId).toSorted()).toEqual(placed.toSorted());
  expect((await client.getActiveOrders(linear)).result.list).toEqual([]);
});

test("what is refused reaches the caller with Bybit's code and text", async () => {
  const order = { ...linear, side: "Buy", orderType: "Limit", qty: "0.01", price: "1" } as const;
  await expect(client.cancelOrder({ ...linear, orderId: "none" })).rejects.toMatchObject({ retCode: 110001 });
  const stranger = new RestClientV5({ key: "nobody", secret: "x", baseUrl: stage.exchange.restUrl });
  expect(await stranger.submitOrder(order)).toMatchObject({ retCode: 10003, retMsg: "API key is invalid." });
  const forger = new RestClientV5({ ...credentials, secret: "x", baseUrl: stage.exchange.restUrl });
  expect(await forger.submitOrder(order)).toMatchObject({ retCode: 10004 });
});

const sum = (numbers: readonly string[]): string => numbers.reduce((all, one) => all.plus(one), new Big(0)).toFixed();
