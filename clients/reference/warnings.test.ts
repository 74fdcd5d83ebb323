import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { CollapsedWarnings } from "./warnings.ts";

let printed: string[];
let warnings: CollapsedWarnings;
beforeEach(() => {
  vi.useFakeTimers();
  printed = [];
  warnings = new CollapsedWarnings();
  vi.spyOn(console, "error").mockImplementation((line: string) => {
    printed.push(line.replace(/^\S+ /, ""));
  });
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.useRealTimers();
});

test("the first of a kind comes at once, and those of a minute after it are one line with how many and the last", () => {
  for (let second = 0; second < 130; second += 1) {
    warnings.warn("ticker", `ticker ${second}`);
    vi.advanceTimersByTime(1_000);
  }
  expect(printed).toEqual([
    "warning: ticker 0",
    "warning: ticker 59 (and 58 more like it)",
    "warning: ticker 119 (and 59 more like it)",
  ]);
});

test("what was held back is said also where it has stopped by then", () => {
  warnings.warn("ticker", "a");
  warnings.warn("ticker", "b");
  vi.advanceTimersByTime(600_000);
  expect(printed).toEqual(["warning: a", "warning: b"]);
});

test("another kind is not held back by it", () => {
  warnings.warn("ticker", "a");
  warnings.warn("book", "b");
  expect(printed).toEqual(["warning: a", "warning: b"]);
});

test("a kind that has not come for a minute begins anew", () => {
  warnings.warn("ticker", "a");
  vi.advanceTimersByTime(60_000);
  warnings.warn("ticker", "b");
  expect(printed).toEqual(["warning: a", "warning: b"]);
});

test("poor data is warned of once an hour", () => {
  for (let minute = 0; minute <= 60; minute += 1) {
    warnings.poorData("no candles", `minute ${minute}`);
    vi.advanceTimersByTime(60_000);
  }
  expect(printed).toEqual(["warning: minute 0", "warning: minute 59 (and 58 more like it)"]);
});
