import { expect, test } from "vitest";
import type { RestClient } from "../rest/rest-client.ts";
import { MarketData } from "./market-data.ts";

/** What the exchange has for each path. */
const reading = (results: Record<string, unknown>): MarketData => {
  const rest: Pick<RestClient, "market" | "list"> = {
    market: (path) => Promise.resolve({ retCode: 0, retMsg: "OK", result: results[path] as Record<string, unknown> }),
    list: <T>(path: string, query: Readonly<Record<string, string>>) => {
      const found = results[`${path} ${query.interval ?? ""}`.trim()] ?? results[path];
      return Promise.resolve(found as T[]);
    },
  };
  return new MarketData(rest as RestClient);
};
const row = (startMs: number, close: number) => [String(startMs), "1", "1", "1", String(close), "1", "1"];

test("a ticker is its last price, and nothing where none is listed", async () => {
  expect(await reading({ "/v5/market/tickers": [{ lastPrice: "42.5" }] }).ticker("BTCUSDT")).toBe(42.5);
  expect(await reading({ "/v5/market/tickers": [] }).ticker("BTCUSDT")).toBeUndefined();
});

test("a book is its best prices, and nothing where a side is empty", async () => {
  const book = (b: unknown, a: unknown) => reading({ "/v5/market/orderbook": { b, a } }).book("BTCUSDT");
  expect(await book([["1", "5"]], [["2", "5"]])).toEqual({ bid: 1, ask: 2 });
  expect(await book([], [["2", "5"]])).toBeUndefined();
  expect(await book([], [])).toBeUndefined();
});

test("candles come oldest first, on every timeframe", async () => {
  const frames = await reading({ "/v5/market/kline": [row(2, 20), row(1, 10)] }).frames("BTCUSDT");
  expect(frames?.base).toEqual([
    { startMs: 1, close: 10 },
    { startMs: 2, close: 20 },
  ]);
  expect(Object.keys(frames ?? {})).toEqual(["base", "ltf", "mtf", "htf"]);
});

test("one timeframe without candles, and there is nothing to decide on", async () => {
  const kline = "/v5/market/kline";
  const data = reading({ [kline]: [row(1, 10)], [`${kline} 60`]: [] });
  expect(await data.frames("BTCUSDT")).toBeUndefined();
});
