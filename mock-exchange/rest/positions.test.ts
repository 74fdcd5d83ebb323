/** Positions and what they do to the wallet, over real HTTP. */

import { afterEach, beforeEach, expect, test } from "vitest";
import { listOf, openStage, type Answer, type Stage } from "../testing/exchange.ts";

let stage: Stage;
beforeEach(async () => void (stage = await openStage({ balances: { USDT: "100000", BTC: "10" } })));
afterEach(() => stage.close());

const trade = (change: Record<string, unknown>): Promise<Answer> =>
  stage.post("/v5/order/create", {
    ...{ category: "linear", symbol: "BTCUSDT", side: "Buy", orderType: "Market", qty: "0.1" },
    ...change,
  });
const position = async (query = {}): Promise<Record<string, unknown> | undefined> =>
  listOf(await stage.get("/v5/position/list", { category: "linear", symbol: "BTCUSDT", ...query }))[0];

/** What the strictest client of the sheet (5.6) cannot parse a position without. */
const strictFields =
  "positionIdx tradeMode riskId riskLimitValue symbol side size leverage positionValue positionBalance markPrice positionIM positionMM takeProfit stopLoss trailingStop unrealisedPnl curRealisedPnl cumRealisedPnl sessionAvgPrice createdTime updatedTime tpslMode positionStatus adlRankIndicator autoAddMargin leverageSysUpdatedTime mmrSysUpdatedTime seq isReduceOnly";

test("position/list: a stub where flat, one row one-way, two in hedge mode", async () => {
  expect(await position()).toMatchObject({
    size: "0",
    side: "",
    avgPrice: "0",
    positionValue: "",
    liqPrice: "",
    positionIdx: 0,
    // Of a flat position margin is nothing; a blank is portfolio margin's.
    ...{ positionIM: "0", positionIMByMp: "0", positionMM: "0", positionMMByMp: "0" },
    // Never traded.
    seq: -1,
  });
  expect(await stage.get("/v5/position/list", { category: "linear" })).toMatchObject({ retCode: 10001 });
  const flat = await stage.get("/v5/position/list", { category: "linear", settleCoin: "USDT" });
  expect(flat.result).toEqual({ list: [], nextPageCursor: "", category: "linear" });
  await stage.post("/v5/position/switch-mode", { category: "linear", symbol: "BTCUSDT", mode: 3 });
  const rows = listOf(await stage.get("/v5/position/list", { category: "linear", symbol: "BTCUSDT" }));
  expect(rows.map((row) => row.positionIdx)).toEqual([1, 2]);
});

test("a position opened and closed: average, PnL, fees, closed-pnl, wallet and transaction log agree", async () => {
  await trade({ qty: "1" });
  const open = await position();
  expect(Object.keys(open ?? {})).toEqual(expect.arrayContaining(strictFields.split(" ")));
  expect(open).toMatchObject({
    side: "Buy",
    size: "1",
    avgPrice: "1000.1",
    leverage: "10",
    curRealisedPnl: "-0.550055",
  });
  stage.market.moveTo("linear", "BTCUSDT", "1100");
  await trade({ side: "Sell", qty: "1", reduceOnly: true });
  expect(await position()).toMatchObject({ side: "", size: "0" });
  const [closed] = listOf(await stage.get("/v5/position/closed-pnl", { category: "linear" }));
  // 1099.9 - 1000.1, less 0.055 % of both.
  expect(closed).toMatchObject({
    side: "Sell",
    closedSize: "1",
    closedPnl: "98.645",
    openFee: "0.550055",
    closeFee: "0.604945",
  });
  const log = listOf(await stage.get("/v5/account/transaction-log", { currency: "USDT" }));
  expect(log.map(({ change }) => change)).toEqual(["99.195055", "-0.550055"]);
  const wallet = listOf(await stage.get("/v5/account/wallet-balance", { accountType: "UNIFIED", coin: "USDT" }))[0];
  expect(wallet?.coin).toMatchObject([
    { coin: "USDT", walletBalance: "100098.645", availableToWithdraw: "", marginCollateral: true },
  ]);
  expect(log[0]).toMatchObject({ cashBalance: "100098.645", type: "TRADE" });
});

test("an inverse position is counted in dollars and settled in coin", async () => {
  await trade({ category: "inverse", symbol: "BTCUSD", qty: "1000" });
  expect(await position({ category: "inverse", symbol: "BTCUSD" })).toMatchObject({
    size: "1000",
    positionValue: "0.99950025",
  });
  stage.market.moveTo("inverse", "BTCUSD", "2000");
  await trade({ category: "inverse", symbol: "BTCUSD", side: "Sell", qty: "1000" });
  const [closed] = listOf(await stage.get("/v5/position/closed-pnl", { category: "inverse" }));
  expect(closed).toMatchObject({ cumEntryValue: "0.99950025", cumExitValue: "0.50012503" });
});

test("trading-stop guards a position, says when nothing changed, and closes it", async () => {
  const stop = (body: object): Promise<Answer> =>
    stage.post("/v5/position/trading-stop", { category: "linear", symbol: "BTCUSDT", ...body });
  expect(await stop({ stopLoss: "900" })).toMatchObject({
    retCode: 10001,
    retMsg: "can not set tp/sl/ts for zero position",
  });
  await trade({});
  expect(await stop({ stopLoss: "900", takeProfit: "1200" })).toMatchObject({ retCode: 0, result: {} });
  expect(await stop({ stopLoss: "900" })).toMatchObject({ retCode: 34040, retMsg: "not modified" });
  expect(await stop({ stopLoss: "1100" })).toMatchObject({
    retMsg: "StopLoss:11000000 set for Buy position should lower than base_price:10001000??LastPrice",
  });
  expect(await position()).toMatchObject({ stopLoss: "900.00", takeProfit: "1200.00" });
  stage.market.moveTo("linear", "BTCUSDT", "899");
  expect(await position()).toMatchObject({ side: "", stopLoss: "", takeProfit: "" });
  const history = listOf(await stage.get("/v5/order/history", { category: "linear" }));
  expect(history.map(({ stopOrderType, orderStatus, cancelType }) => [stopOrderType, orderStatus, cancelType])).toEqual(
    [
      ["StopLoss", "Filled", "UNKNOWN"],
      ["TakeProfit", "Deactivated", "CancelByTpSlTsClear"],
      ["", "Filled", "UNKNOWN"],
    ],
  );
});

test("a trailing stop follows the price up and fires on the way down", async () => {
  await trade({});
  await stage.post("/v5/position/trading-stop", { category: "linear", symbol: "BTCUSDT", trailingStop: "50" });
  stage.market.moveTo("linear", "BTCUSDT", "1200");
  stage.market.moveTo("linear", "BTCUSDT", "1151");
  expect(await position()).toMatchObject({ side: "Buy", trailingStop: "50" });
  stage.market.moveTo("linear", "BTCUSDT", "1150");
  expect(await position()).toMatchObject({ side: "", trailingStop: "0" });
});

test("a reduce-only order is cut to the position and ends with it", async () => {
  await trade({ qty: "0.2" });
  const { result } = await trade({ side: "Sell", orderType: "Limit", price: "1100", qty: "5", reduceOnly: true });
  const find = async (): Promise<unknown> =>
    listOf(await stage.get("/v5/order/realtime", { category: "linear", orderId: String(result.orderId) }))[0];
  expect(await find()).toMatchObject({ qty: "0.2", orderStatus: "New" });
  expect(await trade({ reduceOnly: true })).toMatchObject({
    retMsg: "reduce-only order has same side with current position",
  });
  await trade({ side: "Sell", qty: "0.15" });
  expect(await find()).toMatchObject({ qty: "0.05", orderStatus: "New" });
  await trade({ side: "Sell", qty: "0.05" });
  expect(await find()).toMatchObject({ orderStatus: "Cancelled", cancelType: "CancelByReduceOnly" });
});

test("leverage and position mode, and what they refuse", async () => {
  const leverage = (buy: string, sell = buy): Promise<Answer> =>
    stage.post("/v5/position/set-leverage", {
      ...{ category: "linear", symbol: "BTCUSDT", buyLeverage: buy, sellLeverage: sell },
    });
  expect(await leverage("5")).toMatchObject({ retCode: 0, result: {} });
  expect(await leverage("5")).toMatchObject({ retCode: 110043, retMsg: "leverage not modified" });
  expect((await leverage("101")).retCode).toBe(110013);
  expect((await leverage("5", "6")).retCode).toBe(10001);
  expect(await position()).toMatchObject({ leverage: "5" });
  const mode = (value: number): Promise<Answer> =>
    stage.post("/v5/position/switch-mode", { category: "linear", symbol: "BTCUSDT", mode: value });
  expect(await mode(0)).toMatchObject({ retCode: 110025, retMsg: "Position mode is not modified" });
  await trade({ orderType: "Limit", price: "900" });
  expect((await mode(3)).retCode).toBe(110028);
  await trade({});
  expect((await mode(3)).retCode).toBe(110024);
  expect((await stage.post("/v5/position/switch-isolated", { category: "linear" })).retCode).toBe(100028);
});

test("switch-mode by coin answers 0 where nothing changes, and passes over what has an order or a position", async () => {
  // freqtrade's start: what it gets here decides whether it trades at all.
  const byCoin = (mode: number): Promise<Answer> =>
    stage.post("/v5/position/switch-mode", { category: "linear", coin: "USDT", mode });
  const rowsOf = async (symbol: string): Promise<unknown[]> =>
    listOf(await stage.get("/v5/position/list", { category: "linear", symbol })).map((row) => row.positionIdx);
  expect(await byCoin(0)).toMatchObject({ retCode: 0, retMsg: "OK", result: {} });
  await trade({ orderType: "Limit", price: "900" });
  await trade({ symbol: "ETHUSDT" });
  expect(await byCoin(0)).toMatchObject({ retCode: 0, result: {} });
  expect(await byCoin(3)).toMatchObject({ retCode: 0, result: {} });
  expect(await Promise.all(["BTCUSDT", "ETHUSDT", "SOLUSDT"].map(rowsOf))).toEqual([[0], [0], [1, 2]]);
  await stage.post("/v5/order/cancel-all", { category: "linear", settleCoin: "USDT" });
  await byCoin(3);
  expect(await Promise.all(["BTCUSDT", "ETHUSDT"].map(rowsOf))).toEqual([[1, 2], [0]]);
});

test.each([
  ["trading-stop", { takeProfit: "1100" }],
  ["add-margin", { margin: "1" }],
])("%s for a side that one-way mode does not have is refused in Bybit's words", async (name, more) => {
  const body = { category: "linear", symbol: "BTCUSDT", positionIdx: 1, ...more };
  expect(await stage.post(`/v5/position/${name}`, body)).toMatchObject({
    ...{ retCode: 10001, retMsg: "position idx not match position mode" },
  });
});

test("hedge mode holds both sides, and a closing order cannot turn a row around", async () => {
  await stage.post("/v5/position/switch-mode", { category: "linear", coin: "USDT", mode: 3 });
  expect((await trade({})).retMsg).toBe("position idx not match position mode");
  await trade({ positionIdx: 1, qty: "0.2" });
  await trade({ positionIdx: 2, side: "Sell", qty: "0.3" });
  await trade({ positionIdx: 1, side: "Sell", qty: "1" });
  const rows = listOf(await stage.get("/v5/position/list", { category: "linear", symbol: "BTCUSDT" }));
  expect(rows.map(({ side, size }) => [side, size])).toEqual([
    ["", "0"],
    ["Sell", "0.3"],
  ]);
});

test("funding is paid by the long, with opposite signs in execution and log", async () => {
  await trade({ qty: "1" });
  stage.exchange.state.engine.settleFunding(Date.parse("2026-01-01T01:00:00Z"));
  stage.exchange.state.engine.settleFunding(Date.parse("2026-01-01T08:00:00Z"));
  const rows = listOf(await stage.get("/v5/execution/list", { category: "linear", execType: "Funding" }));
  expect(rows).toMatchObject([
    { execType: "Funding", orderType: "UNKNOWN", orderQty: "0", orderPrice: "0", execQty: "1", execFee: "0.10001" },
  ]);
  const log = listOf(await stage.get("/v5/account/transaction-log", { type: "SETTLEMENT" }));
  expect(log).toMatchObject([{ funding: "-0.10001", fee: "0", change: "-0.10001" }]);
});

test("spot orders lock their coins", async () => {
  await trade({ category: "spot", orderType: "Limit", price: "900", qty: "2" });
  const wallet = listOf(await stage.get("/v5/account/wallet-balance", { accountType: "UNIFIED", coin: "USDT" }))[0];
  expect(wallet?.coin).toMatchObject([{ walletBalance: "100000", locked: "1800", free: "98200" }]);
  expect(await trade({ category: "spot", side: "Sell", orderType: "Limit", price: "1100", qty: "11" })).toMatchObject({
    ...{ retCode: 170131, retMsg: "Insufficient balance." },
  });
});
