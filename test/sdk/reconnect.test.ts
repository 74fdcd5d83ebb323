/** Streams that were cut without a close frame: each SDK's own way back ends in subscriptions and data as before. */

import { spawn } from "node:child_process";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { RestClientV5, WebsocketClient } from "bybit-api";
import ccxt from "ccxt";
import { afterEach, beforeEach, describe, expect, onTestFinished, test } from "vitest";
import { openFrontDoor, type FrontDoor } from "../../mock-exchange/front-door.ts";
import { available, pythonWithPybit } from "../support/requirements.ts";
import { pointAt } from "./support/ccxt-urls.ts";
import { Inbox } from "./support/inbox.ts";
import { startRelay, type Relay } from "./support/relay.ts";
import { acknowledged, credentials, startSdkStage, type SdkStage } from "./support/sdk-stage.ts";

const quiet = { trace: () => undefined, info: () => undefined, error: () => undefined };
const swap = "BTC/USDT:USDT";
const linear = { category: "linear", symbol: "BTCUSDT" } as const;

let stage: SdkStage;
let door: FrontDoor;
let relay: Relay;

beforeEach(async () => {
  stage = await startSdkStage();
  door = await openFrontDoor(0, stage.exchange.adopt);
  relay = await startRelay(door.port);
});
afterEach(async () => {
  await relay.close();
  await Promise.all([door.close(), stage.exchange.close()]);
});

const buy = (orderLinkId: string) =>
  new RestClientV5({ ...credentials, baseUrl: stage.exchange.restUrl, throwExceptions: true }).submitOrder({
    ...{ ...linear, orderLinkId, side: "Buy", orderType: "Market", qty: "0.001" },
  });

test("bybit-api signs in and subscribes again by itself; the book starts over with a snapshot", async () => {
  interface Update {
    topic: string;
    type?: string;
    data: unknown;
  }
  const [books, orders, back] = [new Inbox<Update>(), new Inbox<Update>(), new Inbox<string>()];
  const open = (path: string, keys: object, inbox: Inbox<Update>): WebsocketClient => {
    const client = new WebsocketClient({ ...keys, wsUrl: `ws://127.0.0.1:${relay.port}${path}` }, quiet);
    client.on("update", (update: Update) => inbox.put(update));
    client.on("reconnected", () => back.put(path));
    client.on("exception", () => undefined);
    onTestFinished(() => client.closeAll(true));
    return client;
  };
  const market = open("/v5/public/linear", {}, books);
  const account = open("/v5/private", credentials, orders);
  await Promise.all(market.subscribeV5(["orderbook.50.BTCUSDT"], "linear"));
  await Promise.all(account.subscribeV5(["order"], "linear"));
  // The SDK's promise is fulfilled when it has connected, which is before the private stream has taken the topic.
  await acknowledged(stage, "order");
  const first = await books.next(({ type }) => type === "snapshot");
  await buy("before");
  await orders.next();

  const again = acknowledged(stage.fresh(), "orderbook.50.BTCUSDT", "order");
  relay.cut();
  await Promise.all([back.next(), back.next(), again]);
  const second = await books.next(({ type }) => type === "snapshot");
  const u = (update: Update): number => (update.data as { u: number }).u;
  expect(u(second)).toBeGreaterThan(u(first));
  expect(u(await books.next((update) => u(update) > u(second)))).toBe(u(second) + 1);
  await buy("after");
  expect((await orders.next()).data).toMatchObject([{ orderLinkId: "after" }]);
  expect(relay.dialled).toBe(4);
});

test("ccxt.pro fails what was being watched with a network error, and the next watch is back", async () => {
  const exchange = new ccxt.pro.bybit({ apiKey: credentials.key, secret: credentials.secret, enableRateLimit: false });
  onTestFinished(() => exchange.close());
  const through = `ws://127.0.0.1:${relay.port}`;
  pointAt(
    { ...stage.exchange, publicUrl: through, privateUrl: `${through}/v5/private`, tradeUrl: `${through}/v5/trade` },
    exchange,
  );
  await exchange.loadHttpProxyAgent();
  await exchange.loadMarkets();
  await exchange.watchOrderBook(swap);
  const watched = exchange.watchOrders(swap);
  await acknowledged(stage, "order");
  await buy("before");
  expect((await watched).at(-1)).toMatchObject({ clientOrderId: "before" });

  const waiting = Promise.allSettled([exchange.watchOrders(swap), exchange.watchTicker(swap)]);
  await acknowledged(stage, "tickers.BTCUSDT");
  const again = stage.fresh();
  relay.cut();
  for (const ended of await waiting) {
    expect(ended).toMatchObject({ status: "rejected", reason: expect.any(ccxt.NetworkError) as Error });
  }
  const back = exchange.watchOrders(swap);
  await acknowledged(again, "order");
  await buy("after");
  expect((await back).at(-1)).toMatchObject({ clientOrderId: "after" });
  const cutMs = Date.now();
  let book = await exchange.watchOrderBook(swap);
  while (!(Number(book.timestamp) >= cutMs)) book = await exchange.watchOrderBook(swap);
  expect([book.bids.length, book.asks.length]).toEqual([50, 50]);
});

describe.skipIf(!available("pybit"))("pybit", () => {
  test("connects and subscribes again by itself, and books and orders arrive", async () => {
    const script = join(import.meta.dirname, "pybit_reconnect.py");
    const { key, secret } = credentials;
    const args = [script, `127.0.0.1:${relay.port}`, stage.exchange.restUrl, key, secret];
    const child = spawn(pythonWithPybit, args, { stdio: ["pipe", "pipe", "pipe"] });
    onTestFinished(() => void child.kill("SIGKILL"));
    let complaints = "";
    child.stderr.on("data", (chunk: Buffer) => (complaints += chunk.toString()));
    const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
    expect((await lines.next()).value, complaints).toBe("subscribed");
    await acknowledged(stage, "order");
    child.stdin.write("\n");
    expect((await lines.next()).value, complaints).toBe("ready");

    const again = acknowledged(stage.fresh(), "orderbook.50.BTCUSDT", "order");
    relay.cut();
    await again;
    child.stdin.end("\n");
    const seen: unknown = JSON.parse(String((await lines.next()).value));
    expect(seen).toMatchObject({ links: ["before", "after"] });
    const { before, after } = seen as { before: number; after: number };
    expect(after).toBeGreaterThan(before);
    expect(relay.dialled).toBe(4);
  });
});
