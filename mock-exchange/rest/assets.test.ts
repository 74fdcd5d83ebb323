/** What comes into the account and what leaves it, and the endpoints that the exchange has and the mock has not. */

import { afterEach, beforeEach, expect, test } from "vitest";
import { loadFolder } from "../../core/load-folder.ts";
import { key, openStage, type Answer, type Stage } from "../testing/exchange.ts";
import { documentedEndpoints } from "./documented-endpoints.ts";
import type { ApiKey } from "./authenticate.ts";
import type { Route } from "./route.ts";

const withdrawer: ApiKey = { key: "withdrawer", secret: "s", permissions: { Wallet: ["AccountTransfer", "Withdraw"] } };

let stage: Stage;
beforeEach(async () => {
  stage = await openStage({ balances: { USDT: "1000", BTC: "2" }, keys: [key, withdrawer], limited: false });
});
afterEach(() => stage.close());

test.each([
  ["/v5/asset/deposit/query-record", {}, "success", { rows: [], nextPageCursor: "" }],
  [
    "/v5/asset/deposit/query-address",
    { coin: "USDT" },
    "success",
    { coin: "USDT", chains: [{ chain: "ETH", tagDeposit: "", batchReleaseLimit: "-1" }] },
  ],
  ["/v5/asset/withdraw/query-record", {}, "success", { rows: [], nextPageCursor: "" }],
  ["/v5/user/query-sub-members", {}, "", { subMembers: [] }],
  [
    "/v5/account/collateral-info",
    { currency: "BTC" },
    "OK",
    { list: [{ currency: "BTC", borrowable: false, borrowAmount: "0", marginCollateral: true }] },
  ],
  [
    "/v5/account/withdrawal",
    { coinName: "BTC,USDT" },
    "OK",
    { availableWithdrawal: "2", availableWithdrawalMap: { BTC: "2", USDT: "1000" } },
  ],
])("GET %s", async (path, query, retMsg, result) => {
  const answer = await stage.get(path, query);
  expect(answer).toMatchObject({ status: 200, retCode: 0, retMsg, result });
});

const uuid = "42c0cfb0-6bca-c242-bc76-4e6df6cbcb16";
const moving = { transferId: uuid, coin: "BTC", amount: "1", fromAccountType: "UNIFIED", toAccountType: "UNIFIED" };

test.each([
  ["/v5/account/borrow", { coin: "BTC", amount: "1" }, 176022],
  ["/v5/account/no-convert-repay", { coin: "BTC" }, 182102],
  ["/v5/asset/transfer/universal-transfer", { ...moving, fromMemberId: 1, toMemberId: 2 }, 131202],
  ["/v5/asset/transfer/universal-transfer", { ...moving, fromMemberId: 1, toMemberId: 1 }, 131206],
])("POST %s of %j is refused with %i", async (path, body, retCode) => {
  expect(await stage.post(path, body)).toMatchObject({ status: 200, retCode, result: {} });
});

test("a withdrawal needs its permission, leaves the wallet with its fee, and is listed", async () => {
  const timestamp = Date.parse("2026-01-01T00:30:00Z");
  const wish = { coin: "USDT", chain: "ETH", address: "0x1", amount: "100", timestamp, accountType: "FUND" };
  const withdraw = (change: object = {}, signer = withdrawer): Promise<Answer> =>
    stage.post("/v5/asset/withdraw/create", { ...wish, ...change }, signer);
  expect((await withdraw({}, key)).retCode).toBe(10005);
  expect((await withdraw({ chain: "TRX" })).retCode).toBe(10001);
  expect((await withdraw({ amount: "0.001" })).retCode).toBe(131096);
  expect((await withdraw({ amount: "1000" })).retCode).toBe(131212);
  const made = await withdraw({ requestId: "once" });
  expect(made).toMatchObject({
    retCode: 0,
    retMsg: "success",
    result: { id: expect.stringMatching(/^\d+$/) as string },
  });
  expect((await withdraw({ requestId: "once" })).retCode).toBe(131082);
  await withdraw({ accountType: "UTA", feeType: 1 });
  const balanceOf = async (accountType: string): Promise<unknown> =>
    (await stage.get("/v5/asset/transfer/query-account-coin-balance", { accountType, coin: "USDT" })).result.balance;
  expect(await balanceOf("FUND")).toMatchObject({ walletBalance: "899.999" });
  expect(await balanceOf("UNIFIED")).toMatchObject({ walletBalance: "900" });
  const { rows } = (await stage.get("/v5/asset/withdraw/query-record", { coin: "USDT" })).result;
  expect(rows).toMatchObject([
    { coin: "USDT", amount: "99.999", withdrawFee: "0.001", status: "Pending" },
    { amount: "100", toAddress: "0x1", withdrawId: made.result.id, withdrawType: 0 },
  ]);
  expect((await stage.get("/v5/asset/withdraw/query-record", { withdrawType: "1" })).result).toMatchObject({
    rows: [],
  });
});

test("what a position needs cannot leave the account", async () => {
  const order = { category: "linear", symbol: "BTCUSDT", side: "Buy", orderType: "Market", qty: "5" };
  await stage.post("/v5/position/set-leverage", { ...order, buyLeverage: "2", sellLeverage: "2" });
  await stage.post("/v5/order/create", order);
  const { availableWithdrawalMap } = (await stage.get("/v5/account/withdrawal", { coinName: "USDT,BTC" })).result;
  const { USDT, BTC } = availableWithdrawalMap as Record<string, string>;
  // 1000 in USDT and 2 BTC at 1000 behind half of 5000: about 500 in dollars may go, in either coin.
  expect(Number(USDT)).toBeGreaterThan(450);
  expect(Number(USDT)).toBeLessThan(500);
  expect(Number(BTC)).toBeCloseTo(Number(USDT) / 1_000, 1);
  const much = { transferId: uuid, coin: "USDT", amount: "600", fromAccountType: "UNIFIED", toAccountType: "FUND" };
  expect((await stage.post("/v5/asset/transfer/inter-transfer", much)).retCode).toBe(131212);
  expect((await stage.post("/v5/asset/transfer/inter-transfer", { ...much, amount: "400" })).retCode).toBe(0);
});

test("an endpoint that Bybit has and the mock has not says so, and in which file it would be", async () => {
  const served = (await loadFolder<Route>(new URL("./routes/", import.meta.url))).map(
    ({ value }) => `${value.method} ${value.path}`,
  );
  expect(served.filter((endpoint) => !documentedEndpoints.has(endpoint))).toEqual([]);
  expect(documentedEndpoints.size).toBeGreaterThan(400);
  const missing = [...documentedEndpoints].filter((endpoint) => !served.includes(endpoint));
  expect(missing).toContain("GET /v5/asset/exchange/order-record");
  expect(missing).toContain("POST /v5/user/create-sub-member");
  const [get, post] = [await stage.get("/v5/asset/exchange/order-record"), await stage.post("/v5/grid/close-grid", {})];
  expect(get).toMatchObject({
    status: 501,
    retCode: 10017,
    retMsg:
      "Firedrill's mock exchange does not serve GET /v5/asset/exchange/order-record, though Bybit has it. " +
      "It would be added by mock-exchange/rest/routes/asset/exchange-order-record.ts.",
  });
  expect(post).toMatchObject({ status: 501, retMsg: expect.stringContaining("POST /v5/grid/close-grid") as string });
  // What Bybit does not have is as on Bybit, and so is the wrong method.
  expect(await stage.get("/v5/asset/nonsense")).toMatchObject({ status: 404, retMsg: "Route not found." });
  expect(await stage.get("/v5/order/create")).toMatchObject({ status: 400, retMsg: "Route not found." });
});
