import { expect, test } from "vitest";
import { decide } from "./analysis.ts";
import type { Candle } from "./market-data.ts";

const candles = (closes: readonly number[]): Candle[] => closes.map((close, n) => ({ startMs: n * 60_000, close }));
const up = candles([1, 2, 3, 4]);
const down = candles([4, 3, 2, 1]);
const flat = candles([2, 2]);

test("three of four timeframes make a decision", () => {
  expect(decide({ base: up, ltf: up, mtf: up, htf: flat }).action).toBe("buy");
  expect(decide({ base: down, ltf: down, mtf: down, htf: flat }).action).toBe("sell");
  expect(decide({ base: up, ltf: up, mtf: down, htf: flat }).action).toBe("wait");
});

test("it says how many candles of each timeframe it is based on", () => {
  const { candles: counted } = decide({ base: up, ltf: flat, mtf: candles([1]), htf: down });
  expect(counted).toEqual({ base: 4, ltf: 2, mtf: 1, htf: 4 });
});

test("only the last twenty candles count", () => {
  const fellLongAgo = candles([
    ...Array.from({ length: 100 }, () => 1_000),
    ...Array.from({ length: 20 }, (_, n) => n),
  ]);
  expect(decide({ base: fellLongAgo, ltf: fellLongAgo, mtf: fellLongAgo, htf: fellLongAgo }).action).toBe("buy");
});
