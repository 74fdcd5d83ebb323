/** bybit-api: the orders beyond a plain one: batches, hedged, inverse, spot; options; paging. */

import { Big } from "big.js";
import { RestClientV5, WebsocketAPIClient, WebsocketClient } from "bybit-api";
import { afterAll, beforeAll, expect, test } from "vitest";
import { Inbox } from "./support/inbox.ts";
import { acknowledged, away, credentials, restingBuy, startSdkStage, type SdkStage } from "./support/sdk-stage.ts";

type Row = Record<string, string | number | boolean>;

const linear = { category: "linear", symbol: "BTCUSDT" } as const;
const quiet = { trace: () => undefined, info: () => undefined, error: () => undefined };
let stage: SdkStage;
let client: RestClientV5;
let account: WebsocketClient;
let trader: WebsocketAPIClient;
const updates = new Inbox<{ topic: string; row: Row }>();

/** The next row of a topic that fits, not handed out before. */
const pushed = async (topic: string, fits: (row: Row) => boolean): Promise<Row> =>
  (await updates.next((update) => update.topic === topic && fits(update.row))).row;

beforeAll(async () => {
  stage = await startSdkStage({ limited: false });
  client = new RestClientV5({ ...credentials, baseUrl: stage.exchange.restUrl, throwExceptions: true });
  account = new WebsocketClient({ ...credentials, wsUrl: stage.exchange.privateUrl }, quiet);
  account.on("update", ({ topic, data }: { topic: string; data: Row[] }) => {
    for (const row of data) updates.put({ topic, row });
  });
  await Promise.all(account.subscribeV5(["order", "position"], "linear"));
  // The SDK's promise is fulfilled when it has connected, which is before the stream has taken the topics.
  await acknowledged(stage, "order", "position");
  const options = { ...credentials, wsUrl: stage.exchange.tradeUrl, attachEventListeners: false };
  trader = new WebsocketAPIClient(options, quiet);
});

afterAll(async () => {
  account.closeAll(true);
  trader.getWSClient().closeAll(true);
  await stage.exchange.close();
});

const lastOf = async (of: { category: "linear" | "inverse" | "spot"; symbol: string }): Promise<string> =>
  (await client.getTickers(of as typeof linear)).result.list[0]?.lastPrice ?? "";
const resting = async () => (await client.getActiveOrders({ ...linear, limit: 50 })).result.list;
const size = async (of: object = linear) =>
  (await client.getPositionInfo(of as typeof linear)).result.list.map((row) => [row.positionIdx, row.side, row.size]);

test("batches by REST: what is wrong with one order is reported beside it, and the others stand", async () => {
  const price = away(await lastOf(linear), restingBuy);
  const order = { symbol: "BTCUSDT", side: "Buy", orderType: "Limit", price } as const;
  const placed = await client.batchSubmitOrders("linear", [
    { ...order, qty: "0.01", orderLinkId: "batch-1" },
    { ...order, qty: "0", orderLinkId: "batch-2" },
    { ...order, qty: "0.02", orderLinkId: "batch-3" },
  ]);
  expect(placed.result.list.map(({ orderLinkId, orderId }) => [orderLinkId, orderId !== ""])).toEqual([
    ["batch-1", true],
    ["batch-2", false],
    ["batch-3", true],
  ]);
  expect(placed.retExtInfo.list.map(({ code }) => code === 0)).toEqual([true, false, true]);

  const amended = await client.batchAmendOrders("linear", [
    { symbol: "BTCUSDT", orderLinkId: "batch-1", qty: "0.03" },
    { symbol: "BTCUSDT", orderLinkId: "nobody", qty: "0.03" },
  ]);
  expect(amended.retExtInfo.list.map(({ code }) => code)).toEqual([0, 110001]);
  expect((await resting()).map(({ orderLinkId, qty }) => [orderLinkId, qty])).toEqual([
    ["batch-3", "0.02"],
    ["batch-1", "0.03"],
  ]);
  const cancelled = await client.batchCancelOrders("linear", [
    { symbol: "BTCUSDT", orderLinkId: "batch-1" },
    { symbol: "BTCUSDT", orderLinkId: "batch-3" },
  ]);
  expect(cancelled.retExtInfo.list).toEqual([
    { code: 0, msg: "OK" },
    { code: 0, msg: "OK" },
  ]);
  expect(await resting()).toEqual([]);
});

test("batches over the trade stream, and single orders amended and cancelled there", async () => {
  const price = away(await lastOf(linear), restingBuy);
  const order = { symbol: "BTCUSDT", side: "Buy", orderType: "Limit", price, qty: "0.01" } as const;
  const placed = await trader.batchSubmitOrders("linear", [order, { ...order, qty: "0" }, order]);
  expect(placed).toMatchObject({ op: "order.create-batch", retCode: 0 });
  expect(placed.retExtInfo.list.map(({ code }: { code: number }) => code === 0)).toEqual([true, false, true]);
  const [first = "", , third = ""] = placed.data.list.map(({ orderId }) => orderId);
  const amended = await trader.batchAmendOrder("linear", [{ symbol: "BTCUSDT", orderId: first, qty: "0.02" }]);
  expect(amended.data.list).toMatchObject([{ orderId: first }]);
  await trader.amendOrder({ ...linear, orderId: third, qty: "0.03" });
  expect((await resting()).map(({ orderId, qty }) => [orderId, qty])).toEqual([
    [third, "0.03"],
    [first, "0.02"],
  ]);
  await trader.cancelOrder({ ...linear, orderId: third });
  expect(await pushed("order", (row) => row.orderId === third && row.orderStatus === "Cancelled")).toMatchObject({
    cancelType: "CancelByUser",
    rejectReason: "EC_PerCancelRequest",
  });
  const cancelled = await trader.batchCancelOrder("linear", [
    { symbol: "BTCUSDT", orderId: first },
    { symbol: "BTCUSDT", orderId: third },
  ]);
  expect(cancelled.retExtInfo.list.map(({ code }: { code: number }) => code)).toEqual([0, 110001]);
  expect(await resting()).toEqual([]);
});

test("hedge mode: long and short beside each other, switched on and off", async () => {
  await client.switchPositionMode({ category: "linear", symbol: "BTCUSDT", mode: 3 });
  await expect(client.switchPositionMode({ category: "linear", symbol: "BTCUSDT", mode: 3 })).rejects.toMatchObject({
    retCode: 110025,
  });
  const market = { ...linear, orderType: "Market" } as const;
  await expect(client.submitOrder({ ...market, side: "Buy", qty: "0.01" })).rejects.toMatchObject({
    retCode: 10001,
    retMsg: "position idx not match position mode",
  });
  await client.submitOrder({ ...market, side: "Buy", qty: "0.02", positionIdx: 1 });
  await client.submitOrder({ ...market, side: "Sell", qty: "0.01", positionIdx: 2 });
  expect(await size()).toEqual([
    [1, "Buy", "0.02"],
    [2, "Sell", "0.01"],
  ]);
  await expect(client.switchPositionMode({ category: "linear", symbol: "BTCUSDT", mode: 0 })).rejects.toMatchObject({
    retCode: 110024,
  });
  await client.submitOrder({ ...market, side: "Sell", qty: "0.02", positionIdx: 1, reduceOnly: true });
  await client.submitOrder({ ...market, side: "Buy", qty: "0.01", positionIdx: 2, reduceOnly: true });
  expect((await size()).map(([, , held]) => held)).toEqual(["0", "0"]);
  await client.switchPositionMode({ category: "linear", symbol: "BTCUSDT", mode: 0 });
  expect(await size()).toEqual([[0, "", "0"]]);
});

test("inverse: contracts in USD are bought and sold, and the coin's balance is what that cost", async () => {
  const inverse = { category: "inverse", symbol: "BTCUSD" } as const;
  const coin = async (): Promise<string> => {
    const [wallet] = (await client.getWalletBalance({ accountType: "UNIFIED", coin: "BTC" })).result.list;
    return wallet?.coin.find((one) => one.coin === "BTC")?.walletBalance ?? "";
  };
  const before = await coin();
  expect(Number(before)).toBeGreaterThan(0);
  const bought = (await client.submitOrder({ ...inverse, side: "Buy", orderType: "Market", qty: "1000" })).result;
  expect(await size(inverse)).toEqual([[0, "Buy", "1000"]]);
  const [fill] = (await client.getExecutionList({ ...inverse, orderId: bought.orderId })).result.list;
  expect(new Big(fill?.execQty ?? 0).div(fill?.execPrice ?? 1).toNumber()).toBeCloseTo(Number(fill?.execValue), 8);
  await client.submitOrder({ ...inverse, side: "Sell", orderType: "Market", qty: "1000", reduceOnly: true });
  expect(await size(inverse)).toEqual([[0, "", "0"]]);
  const [closed] = (await client.getClosedPnL(inverse)).result.list;
  expect(closed).toMatchObject({ symbol: "BTCUSD", closedSize: "1000" });
  expect(new Big(await coin()).minus(before).toNumber()).toBeCloseTo(Number(closed?.closedPnl), 8);
});

test("spot: bought by what it may cost, sold again, ids in numbers, and no position", async () => {
  const spot = { category: "spot", symbol: "BTCUSDT" } as const;
  const bought = (
    await client.submitOrder({ ...spot, side: "Buy", orderType: "Market", qty: "1000", marketUnit: "quoteCoin" })
  ).result;
  expect(bought.orderId).toMatch(/^\d{19}$/);
  const fills = (await client.getExecutionList({ ...spot, orderId: bought.orderId })).result.list;
  const sum = (rows: readonly string[]): Big => rows.reduce((all, one) => all.plus(one), new Big(0));
  const cost = sum(fills.map(({ execValue }) => execValue));
  expect(cost.toNumber()).toBeGreaterThan(990);
  expect(cost.toNumber()).toBeLessThanOrEqual(1_000);
  expect(fills.every(({ feeCurrency }) => feeCurrency === "BTC")).toBe(true);

  const sold = sum(fills.map(({ execQty }) => execQty))
    .minus(sum(fills.map(({ execFee }) => execFee)))
    .round(6, Big.roundDown);
  await client.submitOrder({ ...spot, side: "Sell", orderType: "Market", qty: sold.toFixed() });
  const price = away(await lastOf(spot), restingBuy);
  const { orderId } = (await client.submitOrder({ ...spot, side: "Buy", orderType: "Limit", qty: "0.01", price }))
    .result;
  await client.amendOrder({ ...spot, orderId, qty: "0.02" });
  expect((await client.getActiveOrders(spot)).result.list).toMatchObject([{ orderId, orderStatus: "New" }]);
  await client.cancelOrder({ ...spot, orderId });
  await expect(client.cancelOrder({ ...spot, orderId })).rejects.toMatchObject({ retCode: 170142 });
  await expect(client.cancelOrder({ ...spot, orderId: "1" })).rejects.toMatchObject({ retCode: 170213 });
});

test("options: instruments, tickers and books of the same symbols", async () => {
  const instruments = (await client.getInstrumentsInfo({ category: "option", baseCoin: "BTC" })).result.list;
  const tickers = (await client.getTickers({ category: "option", baseCoin: "BTC" })).result.list;
  expect(instruments.length).toBeGreaterThan(10);
  expect(tickers.map(({ symbol }) => symbol).toSorted()).toEqual(instruments.map(({ symbol }) => symbol).toSorted());
  expect(new Set(instruments.map(({ optionsType }) => optionsType))).toEqual(new Set(["Call", "Put"]));
  const quoted = tickers.filter(({ bid1Price, ask1Price }) => Number(bid1Price) > 0 && Number(ask1Price) > 0);
  expect(quoted.length).toBeGreaterThan(0);
  for (const { symbol } of quoted.slice(0, 5)) {
    const book = (await client.getOrderbook({ category: "option", symbol, limit: 25 })).result;
    expect(book.s).toBe(symbol);
    expect(Number(book.b[0]?.[0])).toBeLessThan(Number(book.a[0]?.[0]));
  }
  const market = new WebsocketClient({ wsUrl: `${stage.exchange.publicUrl}/v5/public/option` }, quiet);
  const seen = new Inbox<{ topic?: string; data: Row }>();
  market.on("update", (update: { topic?: string; data: Row }) => seen.put(update));
  const symbol = quoted[0]?.symbol ?? "";
  // An option's ack has no req_id, so the SDK's promise for it stays open.
  for (const waiting of market.subscribeV5([`orderbook.25.${symbol}`, `tickers.${symbol}`], "option")) {
    waiting.catch(() => undefined);
  }
  const book = await seen.next(({ topic }) => topic === `orderbook.25.${symbol}`);
  expect(book.data).toMatchObject({ s: symbol });
  const ticker = await seen.next(({ topic }) => topic === `tickers.${symbol}`);
  expect(ticker.data).toMatchObject({ symbol, delta: expect.any(String) as string });
  market.closeAll(true);
});

test("cursors page through executions and history to the end, without a gap or a repetition", async () => {
  const pages = async (
    read: (cursor?: string) => Promise<{ result: { list: unknown[]; nextPageCursor?: string } }>,
  ) => {
    const seen: unknown[] = [];
    let cursor: string | undefined;
    do {
      const { list, nextPageCursor = "" } = (await read(cursor)).result;
      seen.push(...list);
      cursor = decodeURIComponent(nextPageCursor);
    } while (cursor !== "");
    return seen;
  };
  const by = (cursor?: string) => (cursor === undefined ? {} : { cursor });
  const executions = await pages((cursor) => client.getExecutionList({ ...linear, limit: 2, ...by(cursor) }));
  expect(executions).toEqual((await client.getExecutionList({ ...linear, limit: 100 })).result.list);
  expect(executions.length).toBeGreaterThan(3);
  const history = await pages((cursor) => client.getHistoricOrders({ ...linear, limit: 3, ...by(cursor) }));
  expect(history).toEqual((await client.getHistoricOrders({ ...linear, limit: 50 })).result.list);
  const closed = await pages((cursor) => client.getClosedPnL({ ...linear, limit: 1, ...by(cursor) }));
  expect(closed).toEqual((await client.getClosedPnL({ ...linear, limit: 100 })).result.list);
});
