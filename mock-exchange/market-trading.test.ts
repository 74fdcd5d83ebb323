/** The engine on the simulated markets, over real HTTP: what the reference client does with fifteen symbols. */

import { expect, test } from "vitest";
import { listOf, openStage } from "./testing/exchange.ts";
import type { ExchangeOptions } from "./server.ts";

const symbols = ["BTCUSDT", "ETHUSDT", "DOGEUSDT", "OPUSDT"];

/** Without a venue the engine trades on the markets that the public endpoints show. */
const onMarkets: Partial<ExchangeOptions> = { symbols, enforcesMinimumValue: false, venue: undefined };

test("one unit of everything is filled, dear or cheap, and a position is closed again", async () => {
  const stage = await openStage(onMarkets);
  try {
    for (const symbol of symbols) {
      const order = { category: "linear", symbol, side: "Buy", orderType: "Market", qty: "1", orderLinkId: symbol };
      expect(await stage.post("/v5/order/create", order)).toMatchObject({ retCode: 0 });
      const [seen] = listOf(await stage.get("/v5/order/realtime", { category: "linear", orderLinkId: symbol }));
      expect(seen).toMatchObject({ orderStatus: "Filled", cumExecQty: "1" });
    }
    const close = {
      category: "linear",
      symbol: "BTCUSDT",
      side: "Sell",
      orderType: "Market",
      qty: "1",
      reduceOnly: true,
    };
    await stage.post("/v5/order/create", close);
    const held = listOf(await stage.get("/v5/position/list", { category: "linear", settleCoin: "USDT" }));
    expect(held.map(({ symbol }) => symbol).toSorted()).toEqual(["DOGEUSDT", "ETHUSDT", "OPUSDT"]);
  } finally {
    await stage.close();
  }
});

test("a resting order stands in the public book", async () => {
  const stage = await openStage(onMarkets);
  try {
    const book = async (): Promise<string[][]> =>
      (await stage.get("/v5/market/orderbook", { category: "linear", symbol: "BTCUSDT", limit: "500" })).result
        .b as string[][];
    // Deep enough that the market's flow does not reach it while we look.
    const price = (await book())[60]?.[0] ?? "";
    const order = { category: "linear", symbol: "BTCUSDT", side: "Buy", orderType: "Limit", qty: "70", price };
    const { result } = await stage.post("/v5/order/create", order);
    const orderId = String(result.orderId);
    const [seen] = listOf(await stage.get("/v5/order/realtime", { category: "linear", orderId }));
    expect(seen).toMatchObject({ orderStatus: "New" });
    // The public book is made anew at each step of the market.
    await new Promise((resolve) => stage.exchange.state.market.onStep(resolve));
    const shown = (await book()).find(([level]) => level === price)?.[1] ?? "0";
    expect(Number(shown)).toBeGreaterThanOrEqual(70);
    await stage.post("/v5/order/cancel", { category: "linear", symbol: "BTCUSDT", orderId });
    await new Promise((resolve) => stage.exchange.state.market.onStep(resolve));
    const left = (await book()).find(([level]) => level === price)?.[1] ?? "0";
    expect(Number(left)).toBeLessThan(70);
  } finally {
    await stage.close();
  }
});

test("a market order takes what the book holds within its band; what is left is cancelled", async () => {
  const stage = await openStage(onMarkets);
  try {
    const create = async (symbol: string, qty: string): Promise<Record<string, unknown>> => {
      const order = { category: "linear", symbol, side: "Buy", orderType: "Market", qty };
      const { result } = await stage.post("/v5/order/create", order);
      const orderId = String(result.orderId);
      const [seen = {}] = listOf(await stage.get("/v5/order/realtime", { category: "linear", orderId }));
      const fills = listOf(await stage.get("/v5/execution/list", { category: "linear", orderId, limit: "100" }));
      expect(fills.length).toBeGreaterThan(1);
      for (const { execPrice } of fills) expect(Number(execPrice)).toBeLessThanOrEqual(Number(seen.price));
      return seen;
    };
    const asks = async (symbol: string): Promise<number[][]> => {
      const { result } = await stage.get("/v5/market/orderbook", { category: "linear", symbol, limit: "1000" });
      return (result.a as string[][]).map((level) => level.map(Number));
    };
    // More than the thousand levels of the public book hold, and less than the band does.
    const shown = (await asks("BTCUSDT")).reduce((sum, [, size = 0]) => sum + size, 0);
    const qty = String(Math.ceil(shown * 1.5));
    expect(await create("BTCUSDT", qty)).toMatchObject({ orderStatus: "Filled", cumExecQty: qty, leavesQty: "0" });

    // A million dollars' worth, of which its three levels never hold more than a small part.
    const wanted = Math.ceil(1_000_000 / ((await asks("THINUSDT"))[0]?.[0] ?? 1));
    const thin = await create("THINUSDT", String(wanted));
    expect(thin).toMatchObject({ orderStatus: "Cancelled", rejectReason: "EC_NoImmediateQtyToFill", leavesQty: "0" });
    expect(Number(thin.cumExecQty)).toBeGreaterThan(0);
    expect(Number(thin.cumExecQty)).toBeLessThan(wanted / 2);
  } finally {
    await stage.close();
  }
});
