/** bybit-api's WebsocketClient and WebsocketAPIClient: public data, and orders that the private stream reports. */

import { WebsocketAPIClient, WebsocketClient } from "bybit-api";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { Inbox } from "./support/inbox.ts";
import {
  acknowledged,
  away,
  credentials,
  crossingBuy,
  restingBuy,
  startSdkStage,
  type SdkStage,
} from "./support/sdk-stage.ts";

interface Update {
  topic: string;
  type?: string;
  data: unknown;
}
type Row = Record<string, string | number | boolean>;

let stage: SdkStage;
const closers: (() => unknown)[] = [];
// The SDK logs every step; what matters comes as events.
const quiet = { trace: () => undefined, info: () => undefined, error: () => undefined };

beforeAll(async () => {
  stage = await startSdkStage();
});
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});
afterAll(() => stage.exchange.close());

/** The SDK's `wsUrl` stands for every kind of socket, so there is a client for each. */
function connect(wsUrl: string, keys: object = {}) {
  const client = new WebsocketClient({ ...keys, wsUrl }, quiet);
  const [updates, exceptions] = [new Inbox<Update>(), [] as unknown[]];
  client.on("update", (update: Update) => updates.put(update));
  client.on("exception", (exception) => exceptions.push(exception));
  closers.push(() => client.closeAll(true));
  return { client, exceptions, next: (topic: string) => updates.next((update) => update.topic === topic) };
}

/** Without its default listeners, which print. */
function traderWith(keys: { key: string; secret: string }): WebsocketAPIClient {
  const options = { ...keys, wsUrl: stage.exchange.tradeUrl, attachEventListeners: false };
  const trader = new WebsocketAPIClient(options, quiet);
  closers.push(() => trader.getWSClient().closeAll(true));
  return trader;
}

test.each([
  ["linear", "BTCUSDT"],
  ["spot", "BTCUSDT"],
  ["inverse", "BTCUSD"],
] as const)("%s: book, trades, ticker and candles arrive and hang together", async (category, symbol) => {
  const { client, exceptions, next } = connect(`${stage.exchange.publicUrl}/v5/public/${category}`);
  const topics = ["orderbook.50", "publicTrade", "tickers", "kline.1"].map((topic) => `${topic}.${symbol}`);
  await Promise.all(client.subscribeV5(topics, category));

  const first = await next(`orderbook.50.${symbol}`);
  expect(first.type).toBe("snapshot");
  let { u } = first.data as { u: number };
  for (let deltas = 0; deltas < 10; deltas += 1) {
    const { type, data } = await next(`orderbook.50.${symbol}`);
    expect([type, (data as { u: number }).u]).toEqual(["delta", u + 1]);
    u += 1;
  }
  const ticker = (await next(`tickers.${symbol}`)).data as Row;
  expect(ticker.symbol).toBe(symbol);
  const [candle] = (await next(`kline.1.${symbol}`)).data as Row[];
  expect(candle).toMatchObject({ interval: "1", confirm: expect.any(Boolean) as boolean });
  expect(Number(candle?.end) - Number(candle?.start)).toBe(59_999);
  const [trade] = (await next(`publicTrade.${symbol}`)).data as Row[];
  expect(trade).toMatchObject({ s: symbol, S: expect.stringMatching(/^(Buy|Sell)$/) as string });
  expect(Math.abs(Number(trade?.p) / Number(ticker.lastPrice) - 1)).toBeLessThan(0.01);
  expect(exceptions).toEqual([]);
});

test("an order over the trade stream is acknowledged there and reported on the private stream", async () => {
  const { client, exceptions, next } = connect(stage.exchange.privateUrl, credentials);
  await Promise.all(client.subscribeV5(["order", "execution", "position", "wallet"], "linear"));
  // The SDK's promise is fulfilled when it has connected, which is before the stream has taken the topics.
  await acknowledged(stage, "order", "execution", "position", "wallet");
  const trader = traderWith(credentials);
  const row = async (topic: string): Promise<Row> => {
    const [found] = (await next(topic)).data as Row[];
    if (found === undefined) throw new Error(`an empty message on ${topic}`);
    return found;
  };

  const linear = { category: "linear", symbol: "BTCUSDT" } as const;
  const url = `${stage.exchange.restUrl}/v5/market/tickers?category=linear&symbol=BTCUSDT`;
  const tickers = (await (await fetch(url)).json()) as { result: { list: { lastPrice: string }[] } };
  const last = tickers.result.list[0]?.lastPrice ?? "";
  const price = away(last, restingBuy);
  const ack = await trader.submitNewOrder({ ...linear, side: "Buy", orderType: "Limit", qty: "0.01", price });
  expect(ack).toMatchObject({ op: "order.create", retCode: 0, retMsg: "OK", header: { "X-Bapi-Limit": "10" } });
  const { orderId } = ack.data;
  expect(await row("order")).toMatchObject({ orderId, orderStatus: "New", qty: "0.01", category: "linear" });

  expect(await trader.amendOrder({ ...linear, orderId, qty: "0.02" })).toMatchObject({ data: { orderId } });
  expect(await row("order")).toMatchObject({ orderId, orderStatus: "New", qty: "0.02" });

  await trader.amendOrder({ ...linear, orderId, price: away(last, crossingBuy) });
  let order = await row("order");
  while (order.orderStatus !== "Filled") order = await row("order");
  expect(order).toMatchObject({ orderId, cumExecQty: "0.02", leavesQty: "0" });
  expect(await row("execution")).toMatchObject({ orderId, symbol: "BTCUSDT", side: "Buy", execType: "Trade" });
  let position = await row("position");
  while (position.size !== "0.02") position = await row("position");
  expect(position).toMatchObject({ side: "Buy", symbol: "BTCUSDT" });
  expect(Number(position.entryPrice)).toBeCloseTo(Number(order.avgPrice), 4);

  await trader.submitNewOrder({ ...linear, side: "Sell", orderType: "Market", qty: "0.02", reduceOnly: true });
  while (position.size !== "0") position = await row("position");
  expect(position.side).toBe("");
  const wallet = await row("wallet");
  expect(wallet).toMatchObject({ accountType: "UNIFIED", coin: expect.any(Array) as unknown[] });
  expect(exceptions).toEqual([]);

  await expect(trader.cancelOrder({ ...linear, orderId })).rejects.toMatchObject({ retCode: 110001 });
});

test("a trade stream refuses a key that nobody has", async () => {
  const trader = traderWith({ key: "nobody", secret: "x" });
  const refused = new Promise((resolve) => trader.getWSClient().on("exception", resolve));
  trader
    .submitNewOrder({ category: "linear", symbol: "BTCUSDT", side: "Buy", orderType: "Market", qty: "0.01" })
    .catch(() => undefined);
  expect(await refused).toMatchObject({ retCode: expect.any(Number) as number });
});

test("a topic that does not exist reaches the caller as an exception", async () => {
  const { client } = connect(`${stage.exchange.publicUrl}/v5/public/linear`);
  const refused = new Promise((resolve) => client.on("exception", resolve));
  void Promise.all(client.subscribeV5(["orderbook.500.BTCUSDT"], "linear")).catch(() => undefined);
  expect(await refused).toMatchObject({
    success: false,
    ret_msg: "error:handler not found,topic:orderbook.500.BTCUSDT",
  });
});
