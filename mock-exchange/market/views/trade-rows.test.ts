import { Big } from "big.js";
import { expect, onTestFinished, test } from "vitest";
import { random } from "../../../core/random.ts";
import { minutes, seconds } from "../../../core/units.ts";
import { createMarket } from "../create-market.ts";
import type { Listing } from "../listing.ts";
import { testClock } from "../test-clock.ts";
import { recentTradeRows } from "./trade-rows.ts";

function market() {
  const clock = testClock("2025-10-21T22:52:56Z");
  const made = createMarket({ clock, random: random(1) });
  onTestFinished(() => made.close());
  const listing = (symbol: string): Listing => {
    const found = made.listing("linear", symbol);
    if (found === undefined) throw new Error(`no ${symbol}`);
    return found;
  };
  return { clock, made, listing };
}

/** What the tape itself says, newest first. */
const ids = (listing: Listing, limit: number): string[] =>
  listing.tape
    .recent(limit, listing.untilMs)
    .map(({ id }) => id)
    .reverse();

const idsOf = (rows: readonly string[]): string[] => rows.map((row) => (JSON.parse(row) as { execId: string }).execId);

test("the rows are those of the tape, at any moment and for any number of them", () => {
  const { clock, made, listing } = market();
  for (let step = 0; step < 12; step += 1) {
    for (const symbol of ["BTCUSDT", "FRESHUSDT", "VOIDUSDT"]) {
      for (const limit of [1_000, 1, 60]) {
        const there = listing(symbol);
        expect(idsOf(recentTradeRows(there, limit)), `${symbol} ${limit}`).toEqual(ids(there, limit));
      }
    }
    clock.advance(seconds(37));
    made.catchUp();
  }
});

test("a trade of the engine's is among them at once", () => {
  const { clock, made, listing } = market();
  const btc = listing("BTCUSDT");
  recentTradeRows(btc, 100);
  const [fill] = made.take("linear", "BTCUSDT", "Buy", new Big("0.1"), undefined);
  clock.advance(seconds(1));
  made.catchUp();
  expect(idsOf(recentTradeRows(btc, 100))).toContain(fill?.execId);
  clock.advance(minutes(2));
  made.catchUp();
  expect(idsOf(recentTradeRows(btc, 1_000))).toEqual(ids(btc, 1_000));
});
