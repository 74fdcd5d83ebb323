import { Big } from "big.js";
import fc from "fast-check";
import { afterEach, describe, expect, test } from "vitest";
import { random } from "../../core/random.ts";
import { minutes, seconds } from "../../core/units.ts";
import { createMarket } from "./create-market.ts";
import type { MarketData } from "./market-data.ts";
import type { Fill } from "./market.ts";
import { intervals, type Interval } from "./tape/intervals.ts";
import { klines } from "./tape/klines.ts";
import { testClock, type TestClock } from "./test-clock.ts";

const start = "2025-10-21T22:52:56Z";
const open: MarketData[] = [];

function market(
  seed: number | string = 1,
  { compression = 1, stepMs }: { compression?: number; stepMs?: number } = {},
): { clock: TestClock; market: MarketData } {
  const clock = testClock(start, compression);
  const made = createMarket({ clock, random: random(seed), stepMs });
  open.push(made);
  return { clock, market: made };
}

afterEach(() => open.splice(0).forEach((made) => made.close()));

const listing = (made: MarketData, symbol: string) => {
  const found = made.listing("linear", symbol);
  if (found === undefined) throw new Error(`no ${symbol}`);
  return found;
};
const interval = (name: string): Interval => {
  const found = intervals.get(name);
  if (found === undefined) throw new Error(`no interval ${name}`);
  return found;
};
const rows = (made: MarketData, symbol: string, name: string, limit: number) => {
  const { tape, untilMs } = listing(made, symbol);
  return klines((level, index, until) => tape.candle(level, index, until), interval(name), {
    fromMs: -Infinity,
    toMs: Infinity,
    limit,
    untilMs,
  });
};

describe("history", () => {
  test("a thousand candles exist of every interval up to a day, each opening where the one before closed", () => {
    const { market: made } = market();
    for (const name of ["1", "3", "5", "15", "30", "60", "120", "240", "360", "720", "D"]) {
      const found = rows(made, "BTCUSDT", name, 1_000);
      expect(found).toHaveLength(1_000);
      const breaks = found.filter((row, at) => at > 0 && row.close !== found[at - 1]?.open);
      expect(breaks, name).toEqual([]);
    }
  });

  test("larger candles are made of the smaller ones exactly", () => {
    fc.assert(
      fc.property(
        fc.integer(),
        fc.constantFrom("BTCUSDT", "DOGEUSDT", "THINUSDT", "FRESHUSDT"),
        fc.constantFrom(["5", "1"], ["60", "15"], ["240", "60"], ["D", "60"], ["W", "D"]),
        fc.integer({ min: 0, max: 30 }),
        (seed, symbol, [large = "", small = ""], back) => {
          const { market: made } = market(seed);
          const whole = rows(made, symbol, large, 31)[back];
          if (whole === undefined) return;
          const endMs = interval(large).after(whole.startMs);
          const parts = rows(made, symbol, small, 3_000).filter((p) => p.startMs >= whole.startMs && p.startMs < endMs);
          expect(Math.max(...parts.map((part) => part.high))).toBe(whole.high);
          expect(Math.min(...parts.map((part) => part.low))).toBe(whole.low);
          expect(parts.reduce((sum, part) => sum + part.volume, 0)).toBe(whole.volume);
          expect(parts.reduce((sum, part) => sum + part.turnover, 0)).toBe(whole.turnover);
          expect([parts.at(-1)?.open, parts[0]?.close]).toEqual([whole.open, whole.close]);
        },
      ),
      { numRuns: 60 },
    );
  });

  test("an option's mark candles end at its mark price and are made of the smaller ones exactly", () => {
    for (const option of market().market.options()) {
      const candles = (name: string, limit: number) =>
        klines((level, index, until) => option.markCandle(level, index, until), interval(name), {
          ...{ fromMs: -Infinity, toMs: Infinity, limit, untilMs: option.untilMs },
        });
      expect(candles("1", 1)[0]?.close).toBe(option.at(option.untilMs).price);
      const minutesOf = candles("1", 200);
      for (const hour of candles("60", 3)) {
        const parts = minutesOf.filter(({ startMs }) => interval("60").startOf(startMs) === hour.startMs);
        expect(parts.length).toBeGreaterThan(0);
        expect(Math.max(...parts.map(({ high }) => high))).toBe(hour.high);
        expect(Math.min(...parts.map(({ low }) => low))).toBe(hour.low);
        expect(hour.open).toBe(parts.at(-1)?.open);
      }
      expect(candles("D", 500).at(-1)?.startMs).toBe(interval("D").startOf(option.spec.launchMs));
    }
  });

  test("sparse instruments are sparse as report E saw them", () => {
    const { market: made } = market();
    expect(rows(made, "FRESHUSDT", "1", 1_440).length).toBeLessThan(110);
    expect(listing(made, "FRESHUSDT").tape.recent(1_000, made.untilMs).length).toBeLessThan(200);
    const { bids, asks } = listing(made, "VOIDUSDT").feed(50).sides;
    expect([bids.length, asks.length]).toEqual([0, 0]);
    expect(made.quote("linear", "VOIDUSDT")).toMatchObject({ bid: null, ask: null });
    expect(listing(made, "THINUSDT").positioning.singleOpenInterest(made.untilMs)).toBe(0);
  });
});

describe("the present", () => {
  test("candles of a minute aggregate from the public trades, the engine's included", () => {
    fc.assert(
      fc.property(
        fc.integer(),
        fc.array(
          fc.record({
            buy: fc.boolean(),
            steps: fc.integer({ min: 1, max: 5_000 }),
            waitMs: fc.integer({ min: 0, max: 40_000 }),
          }),
          { maxLength: 8 },
        ),
        (seed, orders) => {
          const { clock, market: made } = market(seed);
          for (const { buy, steps, waitMs } of orders) {
            made.take("linear", "BTCUSDT", buy ? "Buy" : "Sell", new Big(steps).times("0.001"));
            clock.advance(waitMs);
          }
          clock.advance(minutes(1));
          const { tape, untilMs, day } = listing(made, "BTCUSDT");
          for (const candle of rows(made, "BTCUSDT", "1", 4)) {
            const trades = tape.trades(candle.startMs, Math.min(candle.startMs + minutes(1), untilMs));
            const prices = [candle.open, ...trades.map((trade) => trade.price)];
            expect(candle.open).toBe(tape.closeBefore(candle.startMs));
            expect(candle.high).toBe(Math.max(...prices));
            expect(candle.low).toBe(Math.min(...prices));
            expect(candle.close).toBe(prices.at(-1));
            expect(candle.volume).toBe(trades.reduce((sum, trade) => sum + trade.size, 0));
            expect(candle.turnover).toBe(trades.reduce((sum, trade) => sum + trade.size * trade.price, 0));
          }
          expect(day.last).toBe(tape.recent(1, untilMs)[0]?.price);
          const window = rows(made, "BTCUSDT", "1", 1_440);
          expect(day.volume).toBe(window.reduce((sum, candle) => sum + candle.volume, 0));
          expect(day.high).toBe(Math.max(...window.map((candle) => candle.high)));
        },
      ),
      { numRuns: 25 },
    );
  });

  test("take conserves quantity: what is filled is on the tape and gone from the book, never beyond the limit", () => {
    fc.assert(
      fc.property(
        fc.integer(),
        fc.integer({ min: 1, max: 200_000 }),
        fc.integer({ min: 0, max: 60 }),
        (seed, steps, ticks) => {
          const { clock, market: made } = market(seed);
          const { ask } = made.quote("linear", "BTCUSDT");
          const limit = (ask ?? new Big(0)).plus(new Big("0.1").times(ticks));
          const qty = new Big(steps).times("0.001");
          const before = made.takeable("linear", "BTCUSDT", "Buy", limit);
          const fills = made.take("linear", "BTCUSDT", "Buy", qty, limit);
          const filled = fills.reduce((sum, fill) => sum.plus(fill.qty), new Big(0));
          expect(filled.eq(qty.lt(before) ? qty : before)).toBe(true);
          expect(fills.every((fill) => fill.price.lte(limit))).toBe(true);
          expect(made.takeable("linear", "BTCUSDT", "Buy", limit).plus(filled).eq(before)).toBe(true);
          clock.advance(seconds(1));
          const ids = new Set(fills.map((fill) => fill.execId));
          const printed = listing(made, "BTCUSDT")
            .tape.recent(1_000, made.untilMs)
            .filter((trade) => ids.has(trade.id));
          expect(printed.reduce((sum, trade) => sum + trade.size, 0)).toBe(Number(filled.times(1_000)));
        },
      ),
      { numRuns: 40 },
    );
  });

  test("an order larger than the thousand levels that are shown goes as deep as its limit, and no deeper", () => {
    const { market: made } = market();
    const { ask } = made.quote("linear", "BTCUSDT");
    const best = ask ?? new Big(0);
    const band = best.times("1.05").round(1, 0);
    const limited = made.take("linear", "BTCUSDT", "Buy", new Big(100_000), best.plus(150));
    // A tick is 0.1, and the book of a liquid contract has an order at each.
    expect(limited).toHaveLength(1_501);
    expect(limited.at(-1)?.price.eq(best.plus(150))).toBe(true);
    const filled = made.take("linear", "BTCUSDT", "Buy", new Big(1_000), band);
    expect(filled.reduce((sum, { qty }) => sum.plus(qty), new Big(0)).eq(1_000)).toBe(true);
    expect(filled[0]?.price.gt(best.plus(150))).toBe(true);
    expect(new Set([...limited, ...filled].map(({ price }) => price.toFixed())).size).toBeGreaterThan(3_000);
  });

  test("a book of few levels gives what it holds", () => {
    const { market: made } = market();
    const held = made.takeable("linear", "THINUSDT", "Buy", new Big(1_000_000));
    const filled = made.take("linear", "THINUSDT", "Buy", held.times(2));
    expect(filled).toHaveLength(3);
    expect(filled.reduce((sum, { qty }) => sum.plus(qty), new Big(0)).eq(held)).toBe(true);
    expect(made.takeable("linear", "THINUSDT", "Buy", new Big(1_000_000)).eq(0)).toBe(true);
  });

  interface Wish {
    buy: boolean;
    /** Into the spread and beyond: how far better than the best of its own side. */
    ticks: number;
    steps: number;
  }

  /** Places orders as the engine does, lets the flow have them, and looks at the book after every single move. */
  function playOrders(seed: number, wishes: readonly Wish[]): void {
    const { clock, market: made } = market(seed);
    const filled = new Map<string, Big>();
    const add = (id: string, qty: Big): void => void filled.set(id, (filled.get(id) ?? new Big(0)).plus(qty));
    made.onRestingFilled((id, fill) => add(id, fill.qty));
    const isUncrossed = (): void => {
      const { bids, asks } = listing(made, "ETHUSDT").publicSides(1);
      expect(bids.prices[0] ?? 0).toBeLessThan(asks.prices[0] ?? Infinity);
    };
    const placed = wishes.map(({ buy, ticks, steps }, at) => {
      const { bid, ask } = made.quote("linear", "ETHUSDT");
      const offset = new Big("0.01").times(ticks);
      const price = buy ? (bid ?? new Big(0)).plus(offset) : (ask ?? new Big(0)).minus(offset);
      const order = { id: `o${at}`, category: "linear", symbol: "ETHUSDT", side: buy ? "Buy" : "Sell", price } as const;
      const qty = new Big(steps).times("0.01");
      // What it may take comes first: a resting order never stands against another that it could have met.
      for (const fill of made.take("linear", "ETHUSDT", order.side, qty, price)) add(order.id, fill.qty);
      const left = qty.minus(filled.get(order.id) ?? 0);
      if (left.gt(0)) made.rest({ ...order, qty: left });
      isUncrossed();
      return { id: order.id, qty };
    });
    for (let step = 0; step < 40; step += 1) {
      clock.advance(made.stepMs);
      isUncrossed();
    }
    for (const { id, qty } of placed) expect((filled.get(id) ?? new Big(0)).lte(qty)).toBe(true);
  }

  test("resting orders are filled by the flow, never past their size, and the public book is never crossed", () => {
    fc.assert(
      fc.property(
        fc.integer(),
        fc.array(
          fc.record({
            buy: fc.boolean(),
            ticks: fc.integer({ min: -30, max: 3 }),
            steps: fc.integer({ min: 1, max: 900 }),
          }),
          { minLength: 1, maxLength: 6 },
        ),
        playOrders,
      ),
      { numRuns: 40 },
    );
  });

  test("an order that reaches another of the same account trades with it instead of standing against it", () => {
    // More than the crowd has at the best bid, so that the sale reaches the account's own order there.
    playOrders(1, [
      { buy: true, ticks: 0, steps: 1 },
      { buy: false, ticks: 1, steps: 115 },
    ]);
  });

  test("an order that is hit is filled whole at its price, on the public tape, and is gone from the book", () => {
    const { market: made } = market();
    const filled: [string, Fill][] = [];
    made.onRestingFilled((id, fill) => filled.push([id, fill]));
    const price = made.quote("linear", "BTCUSDT").bid ?? new Big(0);
    made.rest({ id: "a", category: "linear", symbol: "BTCUSDT", side: "Buy", price, qty: new Big("0.007") });
    made.hit("a");
    made.hit("a");
    expect(filled).toMatchObject([["a", { price, qty: new Big("0.007") }]]);
    expect(listing(made, "BTCUSDT").orders.resting).toEqual([]);
    expect(listing(made, "BTCUSDT").tape.extras.lastBefore(Infinity)).toMatchObject({ size: 7, buy: false });
  });

  test("with a coarser tick every price of the book is a multiple of it, and the book is not crossed", () => {
    const { clock, market: made } = market();
    made.coarsenTick("linear", "BTCUSDT", 10);
    for (let n = 0; n < 50; n += 1) {
      clock.advance(1_000);
      const { bids, asks } = listing(made, "BTCUSDT").publicSides(50);
      for (const side of [bids, asks]) {
        expect(side.length).toBe(50);
        expect(side.prices.every((price) => price % 10 === 0)).toBe(true);
      }
      expect(bids.prices[0]).toBeLessThan(asks.prices[0] ?? 0);
    }
    expect(made.instrument("linear", "BTCUSDT")).toMatchObject({
      tickSize: "1.00",
      info: { priceFilter: { tickSize: "1.00" } },
    });
  });

  test("an order that its owner takes out because another was filled is not filled any more", () => {
    const { clock, market: made } = market();
    const filled: string[] = [];
    made.onRestingFilled((id) => {
      filled.push(id);
      made.unrest(id === "a" ? "b" : "a");
    });
    const price = made.quote("linear", "BTCUSDT").bid ?? new Big(0);
    for (const id of ["a", "b"]) {
      made.rest({ id, category: "linear", symbol: "BTCUSDT", side: "Buy", price, qty: new Big("0.001") });
    }
    for (let at = 0; at < 3_000 && filled.length === 0; at += 1) clock.advance(seconds(1));
    expect(filled).toEqual(["a"]);
  });

  test("an order at the touch is filled in the end", () => {
    const { clock, market: made } = market();
    let fills = 0;
    made.onRestingFilled(() => (fills += 1));
    const { bid } = made.quote("linear", "BTCUSDT");
    made.rest({
      id: "a",
      category: "linear",
      symbol: "BTCUSDT",
      side: "Buy",
      price: bid ?? new Big(0),
      qty: new Big("0.002"),
    });
    for (let at = 0; at < 3_000 && fills === 0; at += 1) clock.advance(seconds(1));
    expect(fills).toBeGreaterThan(0);
  });
});

describe("determinism", () => {
  const total = 90_000;
  const stepMs = 1_000;
  const played = (seed: string, pieces: readonly number[], options: { compression?: number; stepMs?: number } = {}) => {
    const { clock, market: made } = market(seed, { stepMs, ...options });
    const seen: unknown[] = [];
    const feed = listing(made, "SOLUSDT").feed(50);
    made.onStep(() => seen.push(feed.sync(), feed.u, listing(made, "SOLUSDT").day));
    for (const ms of pieces) clock.advance(ms);
    return JSON.stringify([seen, rows(made, "SOLUSDT", "1", 50)]);
  };

  test("the same seed gives the same market, however unevenly the wall delivers it; another seed another", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 20_000 }), { maxLength: 10 }), (pieces) => {
        const uneven: number[] = [];
        let left = total;
        for (const ms of pieces) if (ms < left) left -= uneven[uneven.push(ms) - 1] ?? 0;
        expect(played("x", [...uneven, left])).toBe(played("x", [total]));
      }),
      { numRuns: 10 },
    );
    expect(played("x", [total])).not.toBe(played("y", [total]));
  });

  test("the same seed gives the same market however fast the clock runs; another step another", () => {
    const atOne = played("x", [total]);
    for (const compression of [2, 30, 240, 600]) expect(played("x", [total], { compression })).toBe(atOne);
    expect(played("x", [total], { stepMs: 500 })).not.toBe(atOne);
  });

  type Move =
    | { do: "wait"; ms: number }
    | { do: "look" }
    | { do: "take" | "rest"; buy: boolean; steps: number }
    | { do: "unrest" };

  /** What is seen of a market by whoever reads it and trades on it, moves as given. */
  const lived = (moves: readonly Move[], isWatched: boolean): string => {
    const { clock, market: made } = market("lived");
    if (isWatched) made.onStep(() => undefined);
    const seen: unknown[] = [];
    made.onRestingFilled((id, fill) => seen.push(["filled", id, fill]));
    const [category, symbol] = ["linear", "SOLUSDT"] as const;
    const resting: string[] = [];
    made.onPrices(
      (moved) => seen.push(["moved", moved.map((one) => one.symbol), made.quote(category, symbol)]),
      () => (resting.length > 0 ? [{ category, symbol }] : []),
    );
    for (const [at, move] of moves.entries()) {
      if (move.do === "wait") clock.advance(move.ms);
      else made.catchUp();
      if (move.do === "look") {
        const { tape, day, untilMs } = listing(made, symbol);
        seen.push(made.quote(category, symbol), day, tape.recent(20, untilMs), rows(made, symbol, "5", 3));
        seen.push(listing(made, symbol).publicSides(50), listing(made, symbol).feed(50).u);
      } else if (move.do === "take") {
        seen.push(made.take(category, symbol, move.buy ? "Buy" : "Sell", new Big(move.steps)));
      } else if (move.do === "rest") {
        const { bid, ask } = made.quote(category, symbol);
        const [side, price] = move.buy ? (["Buy", bid] as const) : (["Sell", ask] as const);
        made.rest({
          ...{ id: `o${at}`, category, symbol, side, qty: new Big(move.steps) },
          price: price ?? new Big(0),
        });
        resting.push(`o${at}`);
      } else if (move.do === "unrest") made.unrest(resting.pop() ?? "");
    }
    return JSON.stringify(seen);
  };
  const wait = fc.integer({ min: 1, max: 200_000 }).map((ms): Move => ({ do: "wait", ms }));
  const trade = fc.record({
    do: fc.constantFrom("take" as const, "rest" as const),
    buy: fc.boolean(),
    steps: fc.integer({ min: 1, max: 40 }),
  });
  const other = fc.constantFrom<Move>({ do: "look" }, { do: "unrest" });

  test("a market that nobody looks at is afterwards where it would have been", () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(wait, trade, other), { minLength: 4, maxLength: 20 }), (moves) => {
        const all: Move[] = [...moves, { do: "wait", ms: 70_000 }, { do: "look" }];
        expect(lived(all, false)).toBe(lived(all, true));
      }),
      { numRuns: 60 },
    );
  });

  test("whoever acts on prices is notified of every one that changed, and mostly of no other", () => {
    const { clock, market: made } = market("prices");
    const symbols = ["BTCUSDT", "THINUSDT", "FRESHUSDT"];
    const prices = (symbol: string): string => {
      const { last, mark, index } = made.quote("linear", symbol);
      return [last, mark, index].map(String).join();
    };
    let notified = new Set<string>();
    made.onPrices((moved) => {
      for (const { category, symbol } of moved) if (category === "linear") notified.add(symbol);
    });
    const before = new Map(symbols.map((symbol) => [symbol, prices(symbol)]));
    let [changes, calls, steps] = [0, 0, 0];
    made.onStep(() => {
      steps += 1;
      for (const symbol of symbols) {
        const now = prices(symbol);
        if (now !== before.get(symbol)) {
          changes += 1;
          expect([...notified], `${symbol} at ${made.untilMs}`).toContain(symbol);
        }
        before.set(symbol, now);
        calls += notified.has(symbol) ? 1 : 0;
      }
      notified = new Set();
    });
    for (let at = 0; at < 40; at += 1) {
      made.take("linear", symbols[at % 3] ?? "", at % 2 === 0 ? "Buy" : "Sell", new Big(3));
      clock.advance(seconds(7 + at));
    }
    expect(changes).toBeGreaterThan(500);
    expect(calls).toBeLessThan(symbols.length * steps * 0.5);
  });

  test("it takes no steps, and has no timer, until somebody reads, trades or listens", () => {
    const { clock, market: made } = market();
    const stepped: number[] = [];
    let listens = false;
    made.onStep(
      ({ step }) => stepped.push(step),
      () => listens,
    );
    clock.advance(minutes(10));
    expect(clock.timers).toBe(0);
    made.catchUp();
    expect([stepped.length, made.untilMs]).toEqual([0, Math.floor(clock.now() / 100) * 100]);
    listens = true;
    clock.advance(seconds(1));
    clock.advance(seconds(1));
    expect(stepped.length).toBe(20);
    listens = false;
    clock.advance(seconds(1));
    expect([stepped.length, clock.timers]).toEqual([20, 0]);
  });

  test("a last stretch shorter than a step still takes the step that falls due in it", () => {
    expect(played("x", [total - stepMs / 2, stepMs / 2])).toBe(played("x", [total]));
  });

  test("without a step named the market moves every 100 ms; what is no whole part of a minute is refused", () => {
    expect(market(1, { compression: 600 }).market.stepMs).toBe(100);
    for (const bad of [0, 7_000, 70_000, 0.5, NaN]) {
      expect(() => market(1, { stepMs: bad })).toThrow(/cannot move in steps of .* ms: allowed are whole parts/);
    }
  });
});
