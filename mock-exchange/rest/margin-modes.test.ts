/** Isolated and portfolio margin over real HTTP: what each shows, what each allows, and what each costs. */

import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { listOf, openStage, type Answer, type Stage } from "../testing/exchange.ts";

type Json = Record<string, unknown>;

let stage: Stage;
beforeEach(async () => void (stage = await openStage({ balances: { USDT: "2000", BTC: "10" } })));
afterEach(() => stage.close());

const contract = { category: "linear", symbol: "BTCUSDT" };
const setMode = (setMarginMode: string): Promise<Answer> =>
  stage.post("/v5/account/set-margin-mode", { setMarginMode });
const trade = (change: Json = {}): Promise<Answer> =>
  stage.post("/v5/order/create", { ...contract, side: "Buy", orderType: "Market", qty: "1", ...change });
const setLeverage = (buyLeverage: string, sellLeverage = buyLeverage): Promise<Answer> =>
  stage.post("/v5/position/set-leverage", { ...contract, buyLeverage, sellLeverage });
const addMargin = (margin: string, more: Json = {}): Promise<Answer> =>
  stage.post("/v5/position/add-margin", { ...contract, margin, ...more });
const position = async (query: Json = contract): Promise<Json> =>
  listOf(await stage.get("/v5/position/list", query as Record<string, string>))[0] ?? {};
const wallet = async (): Promise<Json> =>
  listOf(await stage.get("/v5/account/wallet-balance", { accountType: "UNIFIED" }))[0] ?? {};
const usdt = async (): Promise<Json> => ((await wallet()).coin as Json[]).find(({ coin }) => coin === "USDT") ?? {};

describe("isolated margin", () => {
  beforeEach(async () => {
    await setMode("ISOLATED_MARGIN");
  });

  test("a position has a price at which it is liquidated, from its entry and its leverage alone", async () => {
    await trade();
    // 1000.1 bought: a tenth of it, and 0.055 % of the 900.09 at which that tenth is gone.
    expect(await position()).toMatchObject({
      ...{ avgPrice: "1000.1", leverage: "10", riskId: 1, riskLimitValue: "300000", tradeMode: 0 },
      ...{ positionIM: "100.5050495", positionIMByMp: "100.5050495", positionMM: "3.30033" },
      // 1000.1 less 100.01 and with 0.33 % of 1000.1 back, up to the tick.
      liqPrice: "903.40",
    });
    stage.market.moveTo("linear", "BTCUSDT", "1500");
    expect((await position()).liqPrice).toBe("903.40");
    await setLeverage("100");
    expect(await position()).toMatchObject({ leverage: "100", liqPrice: "993.40" });
  });

  test("a short and an inverse position mirror it", async () => {
    await trade({ side: "Sell" });
    // 999.9 sold.
    expect((await position()).liqPrice).toBe("1096.50");
    await trade({ category: "inverse", symbol: "BTCUSD", qty: "1000" });
    // 0.99950025 BTC of entry value, a tenth of that, and 0.33 % of it back.
    expect((await position({ category: "inverse", symbol: "BTCUSD" })).liqPrice).toBe("912.50");
  });

  test("it is liquidated alone: its own margin is gone, the rest of the account is not touched", async () => {
    await trade({ symbol: "ETHUSDT" });
    await trade();
    const resting = await trade({ orderType: "Limit", price: "950", qty: "0.1" });
    const other = await trade({ symbol: "ETHUSDT", orderType: "Limit", price: "950", qty: "0.1" });
    const before = Number((await usdt()).walletBalance);
    stage.market.moveTo("linear", "BTCUSDT", "949");
    stage.market.moveTo("linear", "BTCUSDT", "850");
    expect(await position()).toMatchObject({ side: "", size: "0", liqPrice: "", positionIM: "0", positionMM: "0" });
    expect(await position({ ...contract, symbol: "ETHUSDT" })).toMatchObject({ side: "Buy", size: "1" });
    const statusOf = async ({ result }: Answer): Promise<unknown> =>
      listOf(await stage.get("/v5/order/realtime", { category: "linear", orderId: String(result.orderId) }))[0]
        ?.orderStatus;
    expect([await statusOf(resting), await statusOf(other)]).toEqual(["Filled", "New"]);
    const lost = before - Number((await usdt()).walletBalance);
    // 1.1 contracts with a tenth of their value behind them, and the fees of the way in and out.
    expect(lost).toBeGreaterThan(109);
    expect(lost).toBeLessThan(111);
    const executions = listOf(await stage.get("/v5/execution/list", { ...contract, execType: "BustTrade" }));
    expect(executions).toMatchObject([{ execQty: "1.1", createType: "CreateByLiq" }]);
  });

  test("orders that rest in the liquidated contract are cancelled first", async () => {
    await trade();
    const { result } = await trade({ side: "Sell", orderType: "Limit", price: "1200", qty: "0.5" });
    stage.market.moveTo("linear", "BTCUSDT", "850");
    const [order] = listOf(await stage.get("/v5/order/realtime", { ...contract, orderId: String(result.orderId) }));
    expect(order).toMatchObject({ orderStatus: "Cancelled", cancelType: "CancelAllBeforeLiq" });
  });

  test("add-margin moves the liquidation price, is tied up, and can be taken back", async () => {
    await trade();
    const answer = await addMargin("50.1234");
    expect(answer).toMatchObject({ retCode: 0, result: { category: "linear", symbol: "BTCUSDT", positionIdx: 0 } });
    expect(answer.result.liqPrice).toBe("853.30");
    expect((await usdt()).totalPositionIM).toBe("150.60088163");
    expect((await addMargin("-50.1234")).result.liqPrice).toBe("903.40");
    expect((await usdt()).totalPositionIM).toBe("100.5050495");
    await addMargin("50");
    await trade({ side: "Sell", qty: "0.5", reduceOnly: true });
    await trade({ side: "Sell", qty: "0.5", reduceOnly: true });
    expect((await usdt()).totalPositionIM).toBe("0");
  });

  test("and is refused with the code of what is wrong", async () => {
    expect(await addMargin("1")).toMatchObject({
      ...{ retCode: 110033, retMsg: "You can't set margin without an open position", result: {} },
    });
    await trade();
    expect((await addMargin("0")).retCode).toBe(110027);
    expect((await addMargin("1.00001")).retCode).toBe(10001);
    expect((await addMargin("1898")).retCode).toBe(0);
    expect((await addMargin("2")).retCode).toBe(110014);
    expect((await addMargin("-1900")).retCode).toBe(110078);
    stage.market.moveTo("linear", "BTCUSDT", "890");
    expect((await addMargin("-1898")).retCode).toBe(110011);
    expect((await position()).side).toBe("Buy");
  });

  test("with auto-add-margin the exchange adds before it liquidates", async () => {
    await trade();
    const auto = { ...contract, autoAddMargin: 1, positionIdx: 0 };
    expect((await stage.post("/v5/position/set-auto-add-margin", auto)).retCode).toBe(0);
    expect((await position()).autoAddMargin).toBe(1);
    stage.market.moveTo("linear", "BTCUSDT", "900");
    expect(await position()).toMatchObject({ side: "Buy", size: "1", liqPrice: "803.40" });
  });

  test("an order needs its margin in its own coin, and the account has no totals", async () => {
    // Ten BTC are of no use to a contract that settles in USDT.
    await setLeverage("1");
    expect(await trade({ qty: "1.9" })).toMatchObject({ retCode: 0 });
    expect(await trade({ qty: "0.2" })).toMatchObject({ retCode: 110007, retMsg: "ab not enough for new order" });
    // As recorded of an isolated account (ccxt#20948).
    expect(await wallet()).toMatchObject({
      ...{ accountType: "UNIFIED", accountIMRate: "", accountMMRate: "", accountLTV: "", totalMarginBalance: "" },
      ...{ totalInitialMargin: "", totalMaintenanceMargin: "", totalAvailableBalance: "" },
      totalEquity: expect.stringMatching(/^\d/) as string,
      totalWalletBalance: expect.stringMatching(/^\d/) as string,
    });
  });

  test("sides may differ in leverage in hedge mode, and only here", async () => {
    await stage.post("/v5/position/switch-mode", { ...contract, mode: 3 });
    expect((await setLeverage("5", "20")).retCode).toBe(0);
    await trade({ positionIdx: 1, qty: "0.1" });
    await trade({ positionIdx: 2, qty: "0.1", side: "Sell" });
    const rows = listOf(await stage.get("/v5/position/list", contract));
    expect(rows.map(({ leverage, liqPrice }) => [leverage, liqPrice])).toEqual([
      ["5", "803.40"],
      ["20", "1046.70"],
    ]);
    await setMode("REGULAR_MARGIN");
    expect((await setLeverage("6", "7")).retCode).toBe(10001);
  });

  test("a leverage that the position could not stand is refused", async () => {
    await trade({ qty: "1.5" });
    await addMargin("1000");
    expect((await setLeverage("1")).retCode).toBe(110044);
    await addMargin("-1000");
    stage.market.moveTo("linear", "BTCUSDT", "950");
    expect((await setLeverage("50")).retCode).toBe(110011);
    expect(await position()).toMatchObject({ leverage: "10", side: "Buy" });
  });

  test("pre-check is not supported", async () => {
    const order = { ...contract, side: "Buy", orderType: "Limit", qty: "0.1", price: "900" };
    expect(await stage.post("/v5/order/pre-check", order)).toMatchObject({ retCode: 10001, result: {} });
    await setMode("REGULAR_MARGIN");
    expect(await stage.post("/v5/order/pre-check", order)).toMatchObject({ retCode: 0 });
  });
});

describe("portfolio margin", () => {
  test("leverage, tiers, margin and liquidation price of a position are blank", async () => {
    await setMode("PORTFOLIO_MARGIN");
    const blank = {
      ...{ leverage: "", riskId: 0, riskLimitValue: "", liqPrice: "", bustPrice: "" },
      ...{ positionIM: "", positionIMByMp: "", positionMM: "", positionMMByMp: "" },
    };
    expect(await position()).toMatchObject({ ...blank, size: "0" });
    const stream = await stage.privateStream();
    await stream.login();
    stream.send({ op: "subscribe", args: ["position"] });
    await stream.next(({ op }) => op === "subscribe");
    await trade();
    expect(await position()).toMatchObject({ ...blank, side: "Buy", size: "1" });
    expect((await stream.next(({ topic }) => topic === "position")).data).toMatchObject([{ ...blank, side: "Buy" }]);
    expect(await usdt()).toMatchObject({ totalOrderIM: "", totalPositionIM: "", totalPositionMM: "" });
    expect((await wallet()).totalInitialMargin).not.toBe("");
  });

  test("what is of a single position's margin is refused", async () => {
    await setMode("PORTFOLIO_MARGIN");
    await trade();
    expect(await setLeverage("20")).toMatchObject({
      ...{ retCode: 110038, retMsg: "You are not allowed to change leverage due to portfolio margin mode." },
    });
    expect((await addMargin("1")).retCode).toBe(110077);
    const auto = await stage.post("/v5/position/set-auto-add-margin", { ...contract, autoAddMargin: 1 });
    expect(auto.retCode).toBe(110076);
  });

  test("it needs an equity of 1000", async () => {
    const poor = await openStage({ balances: { USDT: "999" } });
    try {
      const mode = { setMarginMode: "PORTFOLIO_MARGIN" };
      expect(await poor.post("/v5/account/set-margin-mode", mode)).toMatchObject({
        retCode: 3400045,
        result: {
          reasons: [{ reasonCode: "3400000", reasonMsg: "Equity needs to be equal to or greater than 1000 USDC" }],
        },
      });
      expect((await poor.get("/v5/account/info")).result).toMatchObject({ marginMode: "REGULAR_MARGIN" });
    } finally {
      await poor.close();
    }
  });
});

describe("cross margin", () => {
  test("margin of a single position is refused", async () => {
    await trade();
    expect(await addMargin("1")).toMatchObject({ retCode: 110015, retMsg: "The position is in cross margin mode." });
    const auto = await stage.post("/v5/position/set-auto-add-margin", { ...contract, autoAddMargin: 1 });
    expect(auto).toMatchObject({ retCode: 110076, retMsg: "Only isolated mode can set auto-add-margin" });
  });

  test.each([
    ["spot", { category: "spot" }],
    ["inverse", { category: "inverse", symbol: "BTCUSD", qty: "10" }],
    ["conditional", { triggerPrice: "1100", triggerDirection: 1 }],
  ])("a pre-check of %s is not supported", async (_name, change) => {
    const order = { ...contract, side: "Buy", orderType: "Limit", qty: "0.1", price: "900", ...change };
    expect(await stage.post("/v5/order/pre-check", order)).toMatchObject({ retCode: 10001, result: {} });
  });

  test("positions come along into isolated margin where each coin can carry its own", async () => {
    await trade({ qty: "1.5" });
    expect((await setMode("ISOLATED_MARGIN")).retCode).toBe(0);
    expect((await position()).liqPrice).toMatch(/^90\d/);
    await addMargin("100");
    await setMode("REGULAR_MARGIN");
    await setMode("ISOLATED_MARGIN");
    expect((await position()).liqPrice).toMatch(/^90\d/);
    await setMode("REGULAR_MARGIN");
    await setLeverage("1");
    // In cross margin ten BTC carry it, too; alone, 2000 USDT do not carry 3000.
    await trade({ qty: "1.5" });
    expect(await setMode("ISOLATED_MARGIN")).toMatchObject({ retCode: 3400045, result: { reasons: [{}] } });
  });
});
