/** bybit-api: conditional orders and the stops of a position, on a market that goes where the test says. */

import { RestClientV5, WebsocketClient } from "bybit-api";
import { afterEach, beforeEach, expect, test } from "vitest";
import { plainMarket, type PlainMarket } from "../../mock-exchange/engine/plain-market.ts";
import { linearSpecs } from "../../mock-exchange/market/catalogue/linear.ts";
import { Inbox } from "./support/inbox.ts";
import { acknowledged, credentials, startSdkStage, type SdkStage } from "./support/sdk-stage.ts";

type Row = Record<string, string | number | boolean>;

const linear = { category: "linear", symbol: "BTCUSDT" } as const;
const quiet = { trace: () => undefined, info: () => undefined, error: () => undefined };

let stage: SdkStage;
let market: PlainMarket;
let client: RestClientV5;
let account: WebsocketClient;
let updates: Inbox<{ topic: string; row: Row }>;

const pushed = async (topic: string, fits: (row: Row) => boolean): Promise<Row> =>
  (await updates.next((update) => update.topic === topic && fits(update.row))).row;
const goTo = (price: string): void => market.moveTo("linear", "BTCUSDT", price);
const resting = async () => (await client.getActiveOrders({ ...linear, limit: 50 })).result.list;
const held = async () => (await client.getPositionInfo(linear)).result.list.map(({ side, size }) => [side, size]);

beforeEach(async () => {
  const contracts = linearSpecs(Date.now()).map(({ instrument }) => instrument);
  market = plainMarket(contracts, { nowMs: Date.now, lastPrice: "86800" });
  stage = await startSdkStage({ venue: market });
  client = new RestClientV5({ ...credentials, baseUrl: stage.exchange.restUrl, throwExceptions: true });
  account = new WebsocketClient({ ...credentials, wsUrl: stage.exchange.privateUrl }, quiet);
  updates = new Inbox();
  account.on("update", ({ topic, data }: { topic: string; data: Row[] }) => {
    for (const row of data) updates.put({ topic, row });
  });
  await Promise.all(account.subscribeV5(["order", "position"], "linear"));
  await acknowledged(stage, "order", "position");
});

afterEach(async () => {
  account.closeAll(true);
  await stage.exchange.close();
});

test("of two conditional orders around the price the one that is reached trades; the other is amended and cancelled", async () => {
  const order = { ...linear, side: "Buy", orderType: "Market", qty: "0.01" } as const;
  const above = (await client.submitOrder({ ...order, triggerDirection: 1, triggerPrice: "86900" })).result.orderId;
  const below = (await client.submitOrder({ ...order, triggerDirection: 2, triggerPrice: "86700" })).result.orderId;
  for (const orderId of [above, below]) {
    expect(await pushed("order", (row) => row.orderId === orderId)).toMatchObject({
      ...{ orderStatus: "Untriggered", stopOrderType: "Stop", triggerBy: "LastPrice", avgPrice: "" },
    });
  }
  await expect(client.submitOrder({ ...order, triggerDirection: 1, triggerPrice: "86700" })).rejects.toMatchObject({
    retCode: 110092,
  });
  await expect(client.submitOrder({ ...order, triggerDirection: 2, triggerPrice: "86900" })).rejects.toMatchObject({
    retCode: 110093,
  });

  goTo("86899.9");
  expect((await resting()).map(({ orderStatus }) => orderStatus)).toEqual(["Untriggered", "Untriggered"]);
  goTo("86900");
  await pushed("order", (row) => row.orderId === above && row.orderStatus === "Triggered");
  expect(await pushed("order", (row) => row.orderId === above && row.orderStatus === "Filled")).toMatchObject({
    ...{ cumExecQty: "0.01", stopOrderType: "Stop" },
  });
  expect(await held()).toEqual([["Buy", "0.01"]]);

  await client.amendOrder({ ...linear, orderId: below, triggerPrice: "86600" });
  goTo("86650");
  expect((await resting()).map(({ orderId, triggerPrice }) => [orderId, Number(triggerPrice)])).toEqual([
    [below, 86600],
  ]);
  await client.cancelOrder({ ...linear, orderId: below });
  expect(await pushed("order", (row) => row.orderId === below && row.orderStatus !== "Untriggered")).toMatchObject({
    ...{ orderStatus: "Deactivated", cancelType: "CancelByUser" },
  });
});

test.each([
  ["take profit", "87300", "TakeProfit", "StopLoss"],
  ["stop loss", "86300", "StopLoss", "TakeProfit"],
])("a guarded position is closed by its %s, and the other stop goes with it", async (_, price, meets, other) => {
  const guards = { takeProfit: "87200", stopLoss: "86400" };
  await client.submitOrder({ ...linear, side: "Buy", orderType: "Market", qty: "0.01", ...guards });
  const position = await pushed("position", (row) => row.size === "0.01" && Number(row.takeProfit) > 0);
  expect([position.takeProfit, position.stopLoss].map(Number)).toEqual([87200, 86400]);
  const stops = (await client.getActiveOrders({ ...linear, orderFilter: "StopOrder" })).result.list;
  expect(stops.map((stop) => [stop.stopOrderType, stop.side, stop.reduceOnly, stop.closeOnTrigger]).toSorted()).toEqual(
    [
      ["StopLoss", "Sell", true, true],
      ["TakeProfit", "Sell", true, true],
    ],
  );
  await client.setTradingStop({ ...linear, positionIdx: 0, takeProfit: "87300", stopLoss: "86300", tpslMode: "Full" });
  goTo("87200");
  goTo("86400");
  expect(await held()).toEqual([["Buy", "0.01"]]);

  goTo(price);
  const filled = await pushed("order", (row) => row.stopOrderType === meets && row.orderStatus === "Filled");
  const gone = await pushed("order", (row) => row.stopOrderType === other && row.cancelType !== "UNKNOWN");
  expect(["Cancelled", "Deactivated"]).toContain(gone.orderStatus);
  expect(await held()).toEqual([["", "0"]]);
  expect(await resting()).toEqual([]);
  const [closed] = (await client.getClosedPnL(linear)).result.list;
  expect(closed).toMatchObject({ orderId: filled.orderId, side: "Sell", closedSize: "0.01" });
  expect(Number(closed?.closedPnl) > 0).toBe(meets === "TakeProfit");
});

test("a trailing stop follows the price up and closes on the way down", async () => {
  await client.submitOrder({ ...linear, side: "Buy", orderType: "Market", qty: "0.01" });
  await client.setTradingStop({ ...linear, positionIdx: 0, trailingStop: "100", tpslMode: "Full" });
  goTo("87000");
  goTo("86901");
  expect(await held()).toEqual([["Buy", "0.01"]]);
  goTo("86900");
  expect(
    await pushed("order", (row) => row.stopOrderType === "TrailingStop" && row.orderStatus === "Filled"),
  ).toMatchObject({
    side: "Sell",
    cumExecQty: "0.01",
  });
  expect(await held()).toEqual([["", "0"]]);
});
