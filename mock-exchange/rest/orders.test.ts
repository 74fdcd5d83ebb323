/** Orders over real HTTP: what is accepted, what became of it, and how a refusal looks. */

import { afterEach, beforeEach, expect, test } from "vitest";
import { listOf, openStage, type Stage } from "../testing/exchange.ts";

let stage: Stage;
beforeEach(async () => void (stage = await openStage()));
afterEach(() => stage.close());

const limit = { category: "linear", symbol: "BTCUSDT", side: "Buy", orderType: "Limit", qty: "0.1", price: "900" };
const market = { category: "linear", symbol: "BTCUSDT", side: "Buy", orderType: "Market", qty: "0.1" };
const create = (order: Record<string, unknown>): ReturnType<Stage["post"]> => stage.post("/v5/order/create", order);
const find = async (query: Record<string, string>): Promise<Record<string, unknown> | undefined> =>
  listOf(await stage.get("/v5/order/realtime", { category: "linear", ...query }))[0];

/** The documented object of an open linear limit order, key by key. */
const orderKeys =
  "orderId orderLinkId parentOrderLinkId blockTradeId symbol price qty side isLeverage positionIdx orderStatus createType cancelType rejectReason avgPrice leavesQty leavesValue cumExecQty cumExecValue cumExecFee timeInForce orderType stopOrderType orderIv marketUnit triggerPrice takeProfit stopLoss tpslMode ocoTriggerBy tpLimitPrice slLimitPrice tpTriggerBy slTriggerBy triggerDirection triggerBy lastPriceOnCreated reduceOnly closeOnTrigger placeType smpType smpGroup smpOrderId slippageToleranceType slippageTolerance createdTime updatedTime extraFees cumFeeDetail rpiTakerAccess rpiMatchedQty";

test("a limit order below the market rests, with the documented object", async () => {
  const { retCode, result } = await create(limit);
  expect(retCode).toBe(0);
  expect(result).toEqual({
    orderId: expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab]/) as unknown,
    orderLinkId: "",
  });
  const order = await find({ symbol: "BTCUSDT" });
  expect(Object.keys(order ?? {}).join(" ")).toBe(orderKeys);
  expect(order).toMatchObject({
    ...{ orderStatus: "New", price: "900", qty: "0.1", leavesQty: "0.1", leavesValue: "90", avgPrice: "" },
    ...{ timeInForce: "GTC", positionIdx: 0, triggerDirection: 0, reduceOnly: false, smpGroup: 0, cumFeeDetail: {} },
  });
});

test("a market order of quantity 1 is filled and found by its orderLinkId", async () => {
  await create({ ...market, qty: "1", orderLinkId: "signal-1" });
  expect(await find({ orderLinkId: "signal-1" })).toMatchObject({
    orderStatus: "Filled",
    cumExecQty: "1",
    timeInForce: "IOC",
  });
});

test("seven orders at once pass, the eleventh in a second is refused with its headers", async () => {
  const answers = await Promise.all(Array.from({ length: 12 }, () => create({ ...market, qty: "0.01" })));
  expect(answers.slice(0, 7).map(({ retCode }) => retCode)).toEqual([0, 0, 0, 0, 0, 0, 0]);
  const refused = answers.filter(({ retCode }) => retCode === 10006);
  expect(refused).toHaveLength(2);
  expect(refused[0]?.retMsg).toBe("Too many visits. Exceeded the API Rate Limit.");
  expect(refused[0]?.status).toBe(200);
  expect(refused[0]?.headers.get("x-bapi-limit")).toBe("10");
  expect(refused[0]?.headers.get("x-bapi-limit-status")).toBe("0");
  expect(Number(refused[0]?.headers.get("x-bapi-limit-reset-timestamp"))).toBeGreaterThan(1_767_227_400_000);
});

test.each([
  ["no side", { side: undefined }, 10001, "params error: side invalid"],
  ["unknown symbol", { symbol: "NOPEUSDT" }, 10001, "params error: symbol invalid"],
  ["too small", { qty: "0.0001" }, 10001, "The number of contracts exceeds minimum limit allowed"],
  ["off step", { qty: "0.1005" }, 10001, "Qty invalid"],
  ["below minimum value", { qty: "0.001" }, 110094, "Order does not meet minimum order value 5USDT"],
  ["far price", { price: "1600" }, 110003, "Order price is out of permissible range"],
  ["hedge idx", { positionIdx: 1 }, 10001, "position idx not match position mode"],
  ["nothing to reduce", { reduceOnly: true }, 110017, "current position is zero, cannot fix reduce-only order qty"],
  ["no money", { qty: "10000000", price: "999" }, 10001, "The number of contracts exceeds maximum limit allowed"],
  ["no margin", { qty: "1000000", price: "1499", symbol: "ETHUSDT" }, 110007, "ab not enough for new order"],
  [
    "trigger",
    { triggerPrice: "900", triggerDirection: 1 },
    110092,
    "expect Rising, but trigger_price[9000000] <= current[10000000]??LastPrice",
  ],
  [
    "stop loss",
    { stopLoss: "950" },
    10001,
    "StopLoss:9500000 set for Buy position should lower than base_price:9000000??LastPrice",
  ],
  [
    "take profit",
    { takeProfit: "850" },
    10001,
    "TakeProfit:8500000 set for Buy position should be higher than base_price:9000000??LastPrice",
  ],
  [
    "stop loss of a Sell",
    { side: "Sell", price: "1100", stopLoss: "1050" },
    10001,
    "StopLoss:10500000 set for Sell position should greater base_price:11000000??LastPrice",
  ],
  [
    "take profit of a Sell",
    { side: "Sell", price: "1100", takeProfit: "1150" },
    10001,
    "TakeProfit:11500000 set for Sell position should be lower than base_price:11000000??LastPrice",
  ],
  [
    "partial stop loss",
    { tpslMode: "Partial", stopLoss: "950" },
    10001,
    "PartialStopLoss:9500000 set for Buy position should lower than base_price:9000000??LastPrice",
  ],
  ["link id", { orderLinkId: "a".repeat(46) }, 10001, "order link id is longer than 45"],
  [
    "spot link id",
    { category: "spot", orderLinkId: "a".repeat(37) },
    170130,
    "Data sent for paramter 'orderLinkId' is not valid.",
  ],
  ["spot symbol", { category: "spot", symbol: "NOPEUSDT" }, 170121, "Invalid symbol."],
  ["spot side", { category: "spot", side: "buy" }, 170117, "Invalid side."],
  ["spot type", { category: "spot", orderType: "limit" }, 170116, "Invalid orderType."],
  ["spot time in force", { category: "spot", timeInForce: "DAY" }, 170115, "Invalid timeInForce."],
  ["spot filter", { category: "spot", orderFilter: "oco" }, 170201, "Invalid orderFilter parameter"],
  ["spot quantity", { category: "spot", qty: "one" }, 170130, "Data sent for paramter 'qty' is not valid."],
  ["spot without a price", { category: "spot", price: "" }, 170130, "Data sent for paramter 'price' is not valid."],
  ["spot price", { category: "spot", price: "900.01" }, 170134, "Order price decimal too long"],
  [
    "inverse for nothing",
    { category: "inverse", symbol: "BTCUSD", qty: "10", price: "0" },
    110003,
    "Order price is out of permissible range",
  ],
  ["spot value", { category: "spot", qty: "0.001" }, 170140, "Order value exceeded lower limit."],
])("refused: %s", async (_why, change, retCode, retMsg) => {
  const answer = await create({ ...limit, ...change });
  expect([answer.status, answer.retCode, answer.retMsg, answer.result]).toEqual([200, retCode, retMsg, {}]);
  expect(listOf(await stage.get("/v5/order/realtime", { category: "linear", settleCoin: "USDT" }))).toEqual([]);
});

test("a pre-check at no price is refused like the order", async () => {
  await stage.post("/v5/account/set-margin-mode", { setMarginMode: "PORTFOLIO_MARGIN" });
  const order = { ...limit, category: "inverse", symbol: "BTCUSD", qty: "10", price: "0" };
  expect(await stage.post("/v5/order/pre-check", order)).toMatchObject({
    ...{ status: 200, retCode: 110003, retMsg: "Order price is out of permissible range" },
  });
});

test.each([
  ["category", "", 181000, "category is null"],
  ["category", "linea", 181001, "category is wrong"],
  ["limit", "ten", 181011, "limit is not a number"],
  ["symbol", "NOPE", 181012, "symbol not exist"],
])("order/history has codes of its own for a bad %s (%o)", async (name, value, retCode, retMsg) => {
  const answer = await stage.get("/v5/order/history", { category: "linear", [name]: value });
  expect(answer).toMatchObject({ retCode, retMsg });
});

test("an orderLinkId is used once", async () => {
  await create({ ...limit, orderLinkId: "once" });
  expect(await create({ ...limit, orderLinkId: "once" })).toMatchObject({
    retCode: 110072,
    retMsg: "OrderLinkedID is duplicate",
  });
  await create({ ...limit, category: "spot", orderLinkId: "spot-once" });
  expect((await create({ ...limit, category: "spot", orderLinkId: "spot-once" })).retCode).toBe(170141);
});

test("PostOnly, IOC and FOK that cannot be are accepted and then cancelled", async () => {
  const ids = await Promise.all([
    create({ ...limit, price: "1001", timeInForce: "PostOnly" }),
    create({ ...limit, timeInForce: "IOC" }),
    create({ ...limit, price: "1000.1", qty: "5", timeInForce: "FOK" }),
  ]);
  const seen = await Promise.all(ids.map(({ result }) => find({ orderId: String(result.orderId) })));
  expect(seen.map((order) => [order?.orderStatus, order?.rejectReason])).toEqual([
    ["Cancelled", "EC_PostOnlyWillTakeLiquidity"],
    ["Cancelled", "EC_NoImmediateQtyToFill"],
    ["Cancelled", "EC_CancelForNoFullFill"],
  ]);
});

test("amend and cancel, and what they answer when it is too late", async () => {
  const { result } = await create(limit);
  const ref = { category: "linear", symbol: "BTCUSDT", orderId: result.orderId };
  expect((await stage.post("/v5/order/amend", { ...ref, price: "910" })).result).toEqual(result);
  expect(await find({ symbol: "BTCUSDT" })).toMatchObject({ price: "910" });
  expect((await stage.post("/v5/order/amend", { ...ref, price: "910" })).retMsg).toBe("order not modified");
  expect((await stage.post("/v5/order/cancel", ref)).result).toEqual(result);
  expect(await stage.post("/v5/order/cancel", ref)).toMatchObject({
    ...{ retCode: 110001, retMsg: "order not exists or too late to cancel" },
  });
  expect(await stage.post("/v5/order/amend", { ...ref, price: "920" })).toMatchObject({
    ...{ retCode: 110001, retMsg: "order not exists or too late to replace" },
  });
  expect((await stage.post("/v5/order/cancel", { category: "linear", symbol: "BTCUSDT" })).retMsg).toBe(
    "params error: OrderId or orderLinkId is required",
  );
  const spot = { category: "spot", symbol: "BTCUSDT", orderId: "1" };
  expect(await stage.post("/v5/order/cancel", spot)).toMatchObject({
    retCode: 170213,
    retMsg: "Order does not exist.",
  });
  const history = listOf(await stage.get("/v5/order/history", { category: "linear" }));
  expect(history[0]).toMatchObject({ orderStatus: "Cancelled", cancelType: "CancelByUser" });
});

test("spot: numeric ids, the next one as link id, a market buy spends a quote amount", async () => {
  const { result } = await create({ ...market, category: "spot", qty: "50" });
  expect(result.orderId).toMatch(/^\d{19}$/);
  expect(result.orderLinkId).toBe(String(BigInt(String(result.orderId)) + 1n));
  const [order] = listOf(await stage.get("/v5/order/realtime", { category: "spot", orderId: String(result.orderId) }));
  expect(order).toMatchObject({
    ...{ qty: "50.000000", marketUnit: "quoteCoin", orderStatus: "PartiallyFilledCanceled", price: "0" },
    // What could not be spent: 50 less 0.049995 at 1000.1.
    ...{ cumExecQty: "0.049995", cumExecValue: "49.9999995", leavesQty: "0.000000", leavesValue: "0.0000005" },
  });
  expect(order).not.toHaveProperty("createType");
  const [execution] = listOf(await stage.get("/v5/execution/list", { category: "spot" }));
  expect(execution).toMatchObject({ feeCurrency: "BTC", execQty: "0.049995", execPrice: "1000.10" });
  // Of an order by value the exchange reports no quantity of the order's.
  expect(execution).toMatchObject({ orderQty: "0", leavesQty: "0" });
});

test("a batch reports each order in the order sent, and succeeds as a whole", async () => {
  const { category: _category, ...item } = limit;
  const request = [{ ...item, orderLinkId: "b1" }, { ...item, orderLinkId: "b2", qty: "0.001" }, { ...item }];
  const answer = await stage.post("/v5/order/create-batch", { category: "linear", request });
  expect(answer.retCode).toBe(0);
  expect(answer.retExtInfo.list).toEqual([
    { code: 0, msg: "OK" },
    { code: 110094, msg: "Order does not meet minimum order value 5USDT" },
    { code: 0, msg: "OK" },
  ]);
  expect(listOf(answer)[1]).toEqual({
    category: "linear",
    symbol: "BTCUSDT",
    orderId: "",
    orderLinkId: "b2",
    createAt: "",
  });
  expect(listOf(answer)[0]?.createAt).toMatch(/^\d{13}$/);
  const cancelled = await stage.post("/v5/order/cancel-batch", {
    category: "linear",
    request: [
      { symbol: "BTCUSDT", orderLinkId: "b1" },
      { symbol: "BTCUSDT", orderId: "none" },
    ],
  });
  expect(cancelled.retExtInfo.list).toMatchObject([{ code: 0 }, { code: 110001 }]);
});

test("a batch larger than its bucket: the first orders pass", async () => {
  const { category: _category, ...item } = limit;
  const request = Array.from({ length: 12 }, () => item);
  const { retCode, retExtInfo } = await stage.post("/v5/order/create-batch", { category: "linear", request });
  expect(retCode).toBe(0);
  expect((retExtInfo.list as { code: number }[]).map(({ code }) => code)).toEqual([
    ...Array.from({ length: 10 }, () => 0),
    ...[10006, 10006],
  ]);
});

test("cancel-all needs something to narrow it, and says what it cancelled", async () => {
  const { result } = await create(limit);
  expect((await stage.post("/v5/order/cancel-all", { category: "linear" })).retCode).toBe(10001);
  const answer = await stage.post("/v5/order/cancel-all", { category: "linear", settleCoin: "USDT" });
  expect(answer.result).toEqual({ list: [result], success: "1" });
});

test("cursors come back raw or encoded once more, and the pages cover everything once", async () => {
  for (let i = 0; i < 5; i += 1) await create({ ...limit, orderLinkId: `p${i}` });
  for (const again of [decodeURIComponent, (cursor: string) => cursor]) {
    const seen: unknown[] = [];
    let cursor = "";
    do {
      const query = {
        category: "linear",
        symbol: "BTCUSDT",
        limit: "2",
        ...(cursor === "" ? {} : { cursor: again(cursor) }),
      };
      const answer = await stage.get("/v5/order/realtime", query);
      seen.push(...listOf(answer).map(({ orderLinkId }) => orderLinkId));
      cursor = String(answer.result.nextPageCursor);
      if (cursor !== "") expect(cursor).toMatch(/^[0-9a-f-]+%3A\d+%2C[0-9a-f-]+%3A\d+$/);
    } while (cursor !== "");
    expect(seen).toEqual(["p4", "p3", "p2", "p1", "p0"]);
  }
});

test("a contract takes a link id of up to 45 characters, and the order is found by it", async () => {
  const orderLinkId = "long_nclose31214610-0b3f-44e1-8c51-683af44d8";
  expect(orderLinkId).toHaveLength(44);
  for (const id of [orderLinkId, "b".repeat(45), "c".repeat(37)]) {
    expect(await create({ ...limit, orderLinkId: id })).toMatchObject({ retCode: 0, result: { orderLinkId: id } });
    expect(await find({ orderLinkId: id })).toMatchObject({ orderLinkId: id, orderStatus: "New" });
  }
});

test("a conditional order waits, fires and trades", async () => {
  const { result } = await create({ ...market, triggerPrice: "1100", triggerDirection: 1 });
  const orderId = String(result.orderId);
  expect(await find({ orderId })).toMatchObject({
    orderStatus: "Untriggered",
    stopOrderType: "Stop",
    triggerPrice: "1100",
  });
  stage.market.moveTo("linear", "BTCUSDT", "1099.9");
  expect(await find({ orderId })).toMatchObject({ orderStatus: "Untriggered" });
  stage.market.moveTo("linear", "BTCUSDT", "1100");
  expect(await find({ orderId })).toMatchObject({ orderStatus: "Filled", avgPrice: "1100.1" });
});

test("a page goes on where it was, though the order that its cursor names was cancelled meanwhile", async () => {
  for (const orderLinkId of ["a", "b", "c", "d"]) await create({ ...limit, orderLinkId });
  const query = { category: "linear", symbol: "BTCUSDT", limit: "2" };
  const first = await stage.get("/v5/order/realtime", query);
  expect(listOf(first).map(({ orderLinkId }) => orderLinkId)).toEqual(["d", "c"]);
  await stage.post("/v5/order/cancel", { category: "linear", symbol: "BTCUSDT", orderLinkId: "c" });
  const cursor = decodeURIComponent((first.result as { nextPageCursor: string }).nextPageCursor);
  const second = await stage.get("/v5/order/realtime", { ...query, cursor });
  expect(listOf(second).map(({ orderLinkId }) => orderLinkId)).toEqual(["b", "a"]);
});
