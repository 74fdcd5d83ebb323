/** Books that are pushed at Bybit's intervals, by depth. */

import { afterEach, expect, test } from "vitest";
import { random } from "../../../core/random.ts";
import { seconds } from "../../../core/units.ts";
import { createMarket } from "../../market/create-market.ts";
import type { MarketData } from "../../market/market-data.ts";
import { testClock } from "../../market/test-clock.ts";
import type { Frame } from "../frame.ts";
import orderbook from "./topics/orderbook.ts";

const markets: MarketData[] = [];
afterEach(() => markets.splice(0).forEach((market) => market.close()));

interface Pushed {
  cts: number;
  data: { u: number; seq: number };
}

/** What a depth is pushed in twenty seconds of the market. */
function pushed(depth: number, pacedBooks: boolean, symbol = "BTCUSDT"): Pushed[] {
  const clock = testClock("2025-10-21T22:52:56Z", 1);
  const market = createMarket({ clock, random: random("paced"), pacedBooks });
  markets.push(market);
  const topic = orderbook.open({
    ...{ topic: `orderbook.${depth}.${symbol}`, parts: [String(depth), symbol] },
    ...{ category: "linear", market },
  });
  if (topic === undefined) throw new Error("no such book");
  const frames: Frame[] = [...topic.greeting()];
  market.onStep((step) => frames.push(...topic.step(step)));
  clock.advance(seconds(20));
  market.catchUp();
  return frames.map(({ text }) => JSON.parse(text) as Pushed);
}

/** Between one and the next: how long, and how far `u` went. */
const gaps = (frames: readonly Pushed[]): { ms: number; u: number }[] =>
  frames
    .slice(1)
    .map(({ cts, data }, n) => ({ ms: cts - (frames[n]?.cts ?? 0), u: data.u - (frames[n]?.data.u ?? 0) }));

test.each([
  [1, 10, 20],
  [50, 20, 20],
  [200, 100, 100],
  [1_000, 200, 200],
])("%i levels are pushed at whole steps of %i ms, a busy book every %i ms", (depth, stepMs, busyMs) => {
  const all = gaps(pushed(depth, true));
  expect(all.length).toBeGreaterThan(90);
  expect(all.filter(({ ms }) => ms === 0 || ms % stepMs !== 0)).toEqual([]);
  // The first may come earlier: the greeting is of the moment.
  expect(all.slice(1).every(({ ms }) => ms === busyMs)).toBe(true);
  expect(all.every(({ u }) => u === 1)).toBe(true);
});

test("a book that changes less often is pushed when it changes, and its numbers have no gap", () => {
  const all = gaps(pushed(50, true, "LDOUSDT"));
  expect(all.slice(1).every(({ ms }) => ms === 60)).toBe(true);
  expect(all.every(({ u }) => u === 1)).toBe(true);
});

test("without it every depth is pushed with the market's step", () => {
  for (const depth of [1, 1_000])
    expect(new Set(gaps(pushed(depth, false)).map(({ ms }) => ms))).toEqual(new Set([100]));
});
