/** Parameters of an order that few clients send: what each does to the order, over real HTTP. */

import { afterEach, beforeEach, expect, test } from "vitest";
import createBatch from "../order-entry/operations/create-batch.ts";
import { listOf, openStage, type Answer, type Stage } from "../testing/exchange.ts";

let stage: Stage;
beforeEach(async () => void (stage = await openStage()));
afterEach(() => stage.close());

const limit = { category: "linear", symbol: "BTCUSDT", side: "Buy", orderType: "Limit", qty: "0.1", price: "900" };
const market = { category: "linear", symbol: "BTCUSDT", side: "Buy", orderType: "Market", qty: "0.1" };
const create = (order: Record<string, unknown>): Promise<Answer> => stage.post("/v5/order/create", order);
const placed = async (order: Record<string, unknown>): Promise<Record<string, unknown> | undefined> => {
  const { result } = await create(order);
  const query = { category: String(order.category), orderId: String(result.orderId) };
  return listOf(await stage.get("/v5/order/realtime", query))[0];
};

const option = { ...limit, category: "option", symbol: "BTC-26DEC25-70000-C-USDT", orderLinkId: "o1" };

test("an option cannot be ordered: the wire's words for a category that an endpoint does not serve", async () => {
  const refused = { status: 200, retCode: 10001, retMsg: "Illegal category", result: {} };
  expect(await create(option)).toMatchObject(refused);
  const { category, ...item } = option;
  expect(await stage.post("/v5/order/create-batch", { category, request: [item] })).toMatchObject(refused);
  expect(await stage.post("/v5/order/cancel", { ...option, orderId: "1" })).toMatchObject(refused);
  const trade = await stage.tradeStream();
  await trade.login();
  trade.send({
    reqId: "1",
    op: "order.create",
    header: { "X-BAPI-TIMESTAMP": String(Date.parse("2026-01-01T00:30:00Z")) },
    args: [option],
  });
  expect(await trade.next(({ reqId }) => reqId === "1")).toMatchObject({ retCode: 10001, retMsg: "Illegal category" });
});

test("in isolated margin an option is refused for the margin mode", async () => {
  await stage.post("/v5/account/set-margin-mode", { setMarginMode: "ISOLATED_MARGIN" });
  expect(await create(option)).toMatchObject({ retCode: 3200403, retMsg: "isolated margin can not create order" });
});

test("a batch of options counts as one request, of contracts by its orders", () => {
  const request = [{}, {}, {}];
  expect(["option", "linear", "spot"].map((category) => createBatch.weight({ category, request }))).toEqual([1, 3, 3]);
});

test.each([
  // The best ask is 1000.1, the best bid 999.9.
  [{ slippageToleranceType: "TickSize", slippageTolerance: "5" }, "1000.6", "5"],
  [{ slippageToleranceType: "Percent", slippageTolerance: "0.5", side: "Sell" }, "994.9", "0.5"],
  [{}, "1050.1", "0"],
])("a market order's band with %o ends at %s", async (change, price, slippageTolerance) => {
  const order = await placed({ ...market, ...change });
  expect(order).toMatchObject({ price, slippageToleranceType: "UNKNOWN", slippageTolerance, ...change });
});

test("what lies beyond the tolerance is not taken", async () => {
  const order = await placed({ ...market, qty: "5", slippageToleranceType: "TickSize", slippageTolerance: "1" });
  expect(order).toMatchObject({ orderStatus: "Cancelled", cumExecQty: "2.001", price: "1000.2" });
});

test.each([
  ["TickSize", "0"],
  ["TickSize", "10001"],
  ["TickSize", "1.5"],
  ["Percent", "0.009"],
  ["Percent", "10.1"],
  ["Percent", ""],
])("a tolerance of %s %s is refused", async (slippageToleranceType, slippageTolerance) => {
  const order = { ...market, slippageToleranceType, slippageTolerance };
  expect((await create(order)).retMsg).toBe("params error: slippageTolerance invalid");
});

test.each([
  ["Queue", 1, "Buy", "999.9"],
  ["Queue", "5", "Buy", "999.5"],
  ["Counterparty", 2, "Buy", "1000.2"],
  ["Counterparty", 2, "Sell", "999.8"],
])("a limit at the book's level: %s %s of a %s is %s", async (bboSideType, bboLevel, side, price) => {
  const { price: _none, ...order } = { ...limit, side, bboSideType, bboLevel };
  expect(await placed(order)).toMatchObject({ price, createType: "CreateByBboOrder" });
  expect((await create({ ...order, bboLevel: 6 })).retMsg).toBe("params error: bboLevel invalid");
});

test("a spot market order's amount may not be finer than its coin", async () => {
  const order = { ...market, category: "spot", qty: "50.123456789" };
  expect(await create(order)).toMatchObject({ retCode: 170148, retMsg: "Market order amount decimal too long" });
});

test("a take profit names the order that it came with", async () => {
  await create({ ...market, orderLinkId: "parent", takeProfit: "1200" });
  const query = { category: "linear", symbol: "BTCUSDT", orderFilter: "StopOrder" };
  const [stop] = listOf(await stage.get("/v5/order/realtime", query));
  expect(stop).toMatchObject({ stopOrderType: "TakeProfit", parentOrderLinkId: "parent", orderLinkId: "" });
});

test("a partial stop is a limit order only where that is asked for", async () => {
  await create({ ...market, qty: "1" });
  const stop = { category: "linear", symbol: "BTCUSDT", tpslMode: "Partial", takeProfit: "1200", tpSize: "0.5" };
  await stage.post("/v5/position/trading-stop", { ...stop, tpLimitPrice: "1199" });
  await stage.post("/v5/position/trading-stop", { ...stop, tpLimitPrice: "1198", tpOrderType: "Limit" });
  const query = { category: "linear", symbol: "BTCUSDT", orderFilter: "StopOrder" };
  const stops = listOf(await stage.get("/v5/order/realtime", query));
  expect(stops.map(({ orderType, price }) => [orderType, price])).toEqual([
    ["Limit", "1198"],
    ["Market", "0"],
  ]);
});

test("order/history is narrowed by orderFilter as order/realtime is", async () => {
  const cancelled = async (order: Record<string, unknown>): Promise<string> => {
    const { orderId } = (await create(order)).result;
    await stage.post("/v5/order/cancel", { category: order.category, symbol: order.symbol, orderId });
    return String(orderId);
  };
  const plain = await cancelled(limit);
  const stop = await cancelled({ ...limit, triggerPrice: "950", triggerDirection: 2 });
  const found = async (orderFilter: string): Promise<unknown[]> =>
    listOf(await stage.get("/v5/order/history", { category: "linear", orderFilter })).map(({ orderId }) => orderId);
  expect([await found("Order"), await found("StopOrder"), await found("")]).toEqual([[plain], [stop], [stop, plain]]);
});
