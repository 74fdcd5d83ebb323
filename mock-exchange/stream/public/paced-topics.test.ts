/** Topics that Bybit pushes at a pace of their own, however often the market moves. */

import { afterEach, expect, test } from "vitest";
import { random } from "../../../core/random.ts";
import { minutes } from "../../../core/units.ts";
import { createMarket } from "../../market/create-market.ts";
import type { MarketData } from "../../market/market-data.ts";
import { testClock } from "../../market/test-clock.ts";
import type { Frame } from "../frame.ts";
import type { TopicKind } from "./topic.ts";
import allLiquidation from "./topics/all-liquidation.ts";
import priceLimit from "./topics/price-limit.ts";
import tickers from "./topics/tickers.ts";

const markets: MarketData[] = [];
afterEach(() => markets.splice(0).forEach((market) => market.close()));

interface Row {
  T: number;
  v: string;
}

/** What a topic pushes in ten minutes of a market whose steps are as fine as books need them. */
function pushed(kind: TopicKind, symbol: string): { ts: number; data: Row[] }[] {
  const clock = testClock("2025-10-21T22:52:56Z", 1);
  const market = createMarket({ clock, random: random("paced"), pacedBooks: true });
  markets.push(market);
  const topic = kind.open({ topic: `${kind.name}.${symbol}`, parts: [symbol], category: "linear", market });
  if (topic === undefined) throw new Error(`no ${kind.name}`);
  const frames: Frame[] = [];
  market.onStep((step) => frames.push(...topic.step(step)));
  clock.advance(minutes(10));
  market.catchUp();
  return frames.map(({ text }) => JSON.parse(text) as { ts: number; data: Row[] });
}

test.each([
  ["allLiquidation", allLiquidation, 500],
  ["priceLimit", priceLimit, 300],
  ["tickers", tickers, 100],
])("%s is pushed at its pace", (_name, kind, everyMs) => {
  const times = pushed(kind, "BTCUSDT").map(({ ts }) => ts);
  expect(times.length).toBeGreaterThan(3);
  const gaps = times.slice(1).map((ts, at) => ts - (times[at] ?? 0));
  // Looked at once in each interval of the clock, so all gaps are whole ones.
  expect(gaps.filter((gap) => gap === 0 || gap % everyMs !== 0)).toEqual([]);
});

test("no liquidation is pushed twice, and each within half a second and a step", () => {
  const frames = pushed(allLiquidation, "BTCUSDT");
  const rows = frames.flatMap(({ ts, data }) => data.map((row) => ({ ...row, lateMs: ts - row.T })));
  expect(new Set(rows.map(({ T, v }) => `${T} ${v}`)).size).toBe(rows.length);
  expect(rows.filter(({ lateMs }) => lateMs <= 0 || lateMs > 600)).toEqual([]);
});
