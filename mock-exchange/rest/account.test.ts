/** Account, assets and user over real HTTP, and how history queries are refused. */

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

test.each([
  [
    "/v5/account/info",
    {},
    "OK",
    { unifiedMarginStatus: 5, marginMode: "REGULAR_MARGIN", dcpStatus: "OFF", timeWindow: 10 },
  ],
  [
    "/v5/account/fee-rate",
    { category: "linear", symbol: "BTCUSDT" },
    "OK",
    { list: [{ symbol: "BTCUSDT", takerFeeRate: "0.00055", makerFeeRate: "0.0002" }] },
  ],
  // As the docs' examples ask.
  ["/v5/account/fee-rate", { symbol: "ETHUSDT" }, "OK", { list: [{ symbol: "ETHUSDT", takerFeeRate: "0.00055" }] }],
  ["/v5/account/fee-rate", {}, "OK", { list: [{ symbol: "BTCUSDT" }, { symbol: "ETHUSDT" }, { symbol: "SOLUSDT" }] }],
  ...[
    "/v5/order/realtime",
    "/v5/order/history",
    "/v5/execution/list",
    "/v5/position/list",
    "/v5/position/closed-pnl",
  ].map((path): [string, Record<string, string>, string, object] => [
    path,
    { category: "option", baseCoin: "BTC" },
    "OK",
    { category: "option", list: [], nextPageCursor: "" },
  ]),
  ["/v5/account/query-dcp-info", {}, "OK", { dcpInfos: [] }],
  ["/v5/account/smp-group", {}, "OK", { smpGroup: 0 }],
  [
    "/v5/account/instruments-info",
    { category: "inverse" },
    "OK",
    { category: "inverse", list: [{ symbol: "BTCUSD", isPublicRpi: true, myRpiPermission: true }] },
  ],
  [
    "/v5/asset/coin/query-info",
    { coin: "BTC" },
    "success",
    { rows: [{ coin: "BTC", chains: [{ chainDeposit: "1" }] }] },
  ],
  [
    "/v5/asset/transfer/query-account-coins-balance",
    { accountType: "FUND", coin: "BTC" },
    "success",
    { balance: [{ coin: "BTC", walletBalance: "10" }] },
  ],
  [
    "/v5/asset/transfer/query-account-coin-balance",
    { accountType: "UNIFIED", coin: "BTC" },
    "success",
    { balance: { coin: "BTC", transferBalance: "10", transferSafeAmount: "", ltvTransferSafeAmount: "" } },
  ],
  [
    "/v5/asset/transfer/query-account-coin-balance",
    { accountType: "UNIFIED", coin: "BTC", withTransferSafeAmount: "1", withLtvTransferSafeAmount: "1" },
    "success",
    { balance: { transferSafeAmount: "10", ltvTransferSafeAmount: "10" } },
  ],
  [
    "/v5/user/query-api",
    {},
    "",
    { apiKey: "test-key", readOnly: 0, uta: 1, unified: 0, permissions: { Spot: ["SpotTrade"] } },
  ],
  [
    "/v5/order/spot-borrow-check",
    { category: "spot", symbol: "BTCUSDT", side: "Buy" },
    "OK",
    { borrowCoin: "USDT", maxTradeQty: "100" },
  ],
])("GET %s", async (path, query, retMsg, result) => {
  const answer = await stage.get(path, query);
  expect(answer).toMatchObject({ status: 200, retCode: 0, retMsg, result });
  expect(answer.headers.get("x-bapi-limit-status")).toMatch(/^\d+$/);
});

test.each([
  ["/v5/order/history", {}, 181000, "category is null"],
  ["/v5/order/history", { category: "linear", orderStatus: "New" }, 181017, "OrderStatus must be final status"],
  ["/v5/order/history", { category: "margin" }, 181001, "category is wrong"],
  ["/v5/order/history", { category: "linear", orderStatus: "Gone" }, 181005, "orderStatus is wrong"],
  ["/v5/order/history", { category: "linear", limit: "x" }, 181011, "limit is not a number"],
  ["/v5/order/history", { category: "linear", symbol: "NOPE" }, 181012, "symbol not exist"],
  ["/v5/order/history", { category: "linear", startTime: "x" }, 181006, "startTime is not a number"],
  [
    "/v5/execution/list",
    { category: "linear", startTime: "5", endTime: "5" },
    181009,
    "startTime should be less than endTime",
  ],
  [
    "/v5/execution/list",
    { category: "linear", startTime: "1", endTime: "604800002" },
    181010,
    "The time range between startTime and endTime cannot exceed 7 days",
  ],
  [
    "/v5/order/realtime",
    { category: "linear" },
    10001,
    "Missing some parameters that must be filled in, symbol or settleCoin or baseCoin",
  ],
  ["/v5/account/wallet-balance", {}, 10001, "params error: accountType only support UNIFIED"],
])("GET %s %j is refused with %i", async (path, query, retCode, retMsg) => {
  expect(await stage.get(path, query as Record<string, string>)).toMatchObject({
    status: 200,
    retCode,
    retMsg,
    result: {},
  });
});

test("a limit of the transfer list that is no number is refused", async () => {
  const answer = await stage.get("/v5/asset/transfer/query-inter-transfer-list", { limit: "-Infinity" });
  expect(answer).toMatchObject({ retCode: 10001, retMsg: "params error: limit invalid" });
});

test("transfers move coins once, and are listed", async () => {
  const body = {
    ...{ transferId: "42c0cfb0-6bca-c242-bc76-4e6df6cbcb16", coin: "BTC", amount: "1.5" },
    ...{ fromAccountType: "UNIFIED", toAccountType: "FUND" },
  };
  const moved = await stage.post("/v5/asset/transfer/inter-transfer", body);
  expect(moved.result).toEqual({ transferId: body.transferId, status: "SUCCESS" });
  expect((await stage.post("/v5/asset/transfer/inter-transfer", body)).retCode).toBe(131228);
  const much = { ...body, transferId: "42c0cfb0-6bca-c242-bc76-4e6df6cbcb17", amount: "9" };
  expect((await stage.post("/v5/asset/transfer/inter-transfer", much)).retCode).toBe(131212);
  const balance = await stage.get("/v5/asset/transfer/query-account-coin-balance", {
    accountType: "FUND",
    coin: "BTC",
  });
  expect(balance.result).toMatchObject({ balance: { walletBalance: "11.5" } });
  const list = listOf(await stage.get("/v5/asset/transfer/query-inter-transfer-list"));
  expect(list).toMatchObject([{ coin: "BTC", amount: "1.5", status: "SUCCESS" }]);
});

test("user/query-api has every permission and every id that the exchange names", async () => {
  const { result } = await stage.get("/v5/user/query-api");
  expect(Object.keys(result.permissions as object)).toEqual([
    ...["ContractTrade", "Spot", "Wallet", "Options", "Derivatives", "CopyTrading", "BlockTrade", "Exchange", "NFT"],
    ...["Affiliate", "Earn", "FiatP2P", "FiatBybitPay", "FiatConvertBroker", "FiatGlobalPay", "FiatBitPay"],
    ...["BitCard", "ByXPost"],
  ]);
  expect(result).toMatchObject({ userIDInt64: String(result.userID), inviterIDInt64: "0", affiliateIDInt64: "0" });
});

test("the margin mode is kept, and refused with its reasons while orders are open", async () => {
  const set = (): Promise<Answer> => stage.post("/v5/account/set-margin-mode", { setMarginMode: "PORTFOLIO_MARGIN" });
  await trade({ orderType: "Limit", price: "900" });
  expect(await set()).toMatchObject({ retCode: 3400045, retMsg: "Set margin mode failed", result: { reasons: [{}] } });
  await stage.post("/v5/order/cancel-all", { category: "linear", symbol: "BTCUSDT" });
  expect((await set()).result).toEqual({ reasons: [] });
  expect((await stage.get("/v5/account/info")).result).toMatchObject({ marginMode: "PORTFOLIO_MARGIN" });
});

test("set-margin-mode takes the mode that the account has already while orders are open", async () => {
  const set = (setMarginMode: string): Promise<Answer> => stage.post("/v5/account/set-margin-mode", { setMarginMode });
  await set("ISOLATED_MARGIN");
  const { updatedTime } = (await stage.get("/v5/account/info")).result;
  await trade({ orderType: "Limit", price: "900" });
  expect(await set("ISOLATED_MARGIN")).toMatchObject({ retCode: 0, result: { reasons: [] } });
  expect((await set("REGULAR_MARGIN")).retCode).toBe(3400045);
  expect((await stage.get("/v5/account/info")).result).toMatchObject({ marginMode: "ISOLATED_MARGIN", updatedTime });
});

test("options cost the same for all of a coin", async () => {
  const markets = await openStage({ venue: undefined });
  try {
    const { result } = await markets.get("/v5/account/fee-rate", { category: "option" });
    const rates = { takerFeeRate: "0.0003", makerFeeRate: "0.0002" };
    expect(result).toEqual({ category: "option", list: [{ symbol: "", baseCoin: "BTC", ...rates }] });
  } finally {
    await markets.close();
  }
});
