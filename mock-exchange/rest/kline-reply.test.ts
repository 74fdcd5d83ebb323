import { expect, onTestFinished, test } from "vitest";
import { random } from "../../core/random.ts";
import { seconds } from "../../core/units.ts";
import { createMarket } from "../market/create-market.ts";
import { testClock } from "../market/test-clock.ts";
import { tradeRow } from "../market/views/candle-row.ts";
import { klineReply } from "./kline-reply.ts";

test("prices have no closing zeros, by REST as in the stream", () => {
  const clock = testClock("2025-10-21T22:52:56Z");
  const market = createMarket({ clock, random: random(1) });
  onTestFinished(() => market.close());
  const listing = market.listing("linear", "BTCUSDT");
  if (listing === undefined) throw new Error("no BTCUSDT");
  const { text } = klineReply(new URLSearchParams({ interval: "1", limit: "200" }), listing, {
    source: (level, index, untilMs) => listing.tape.candle(level, index, untilMs),
    row: (candle) => tradeRow(candle, listing.units),
  });
  const prices = (JSON.parse(text) as { list: string[][] }).list.flatMap((row) => row.slice(1, 5));
  expect(prices).toHaveLength(800);
  expect(prices.filter((price) => !/^\d+(\.\d*[1-9])?$/.test(price))).toEqual([]);
  // The tick has two decimals and moves by ten of the last, so every price had one to lose.
  expect(prices.some((price) => /^\d+$/.test(price))).toBe(true);
});

test("rows that are kept are those that would be made anew, and the candle under way is not kept", () => {
  const clock = testClock("2025-10-21T22:52:56Z");
  const market = createMarket({ clock, random: random(1) });
  onTestFinished(() => market.close());
  const listing = market.listing("linear", "BTCUSDT");
  if (listing === undefined) throw new Error("no BTCUSDT");
  const kept = new Map<string, Map<number, string>>();
  const rowsOf = (interval: string): Map<number, string> => {
    const rows = kept.get(interval) ?? new Map<number, string>();
    kept.set(interval, rows);
    return rows;
  };
  const options = {
    source: (level: number, index: number, untilMs: number) => listing.tape.candle(level, index, untilMs),
    row: (candle: Parameters<typeof tradeRow>[0]) => tradeRow(candle, listing.units),
  };
  const seen = new Set<string>();
  for (let step = 0; step < 12; step += 1) {
    for (const interval of ["1", "5", "60", "D"]) {
      const query = new URLSearchParams({ symbol: "BTCUSDT", interval, limit: "20" });
      const { text } = klineReply(query, listing, { ...options, rowsOf });
      expect(text).toBe(klineReply(query, listing, options).text);
      if (interval === "D") seen.add(text);
    }
    clock.advance(seconds(37));
    market.catchUp();
  }
  expect(seen.size).toBe(12);
  expect(kept.get("1")?.size).toBeGreaterThan(20);
});
