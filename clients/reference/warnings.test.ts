import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { OncePerMinute } from "./warnings.ts";

let printed: string[];
beforeEach(() => {
  vi.useFakeTimers();
  printed = [];
  vi.spyOn(console, "error").mockImplementation((line: string) => {
    printed.push(line.replace(/^\S+ /, ""));
  });
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.useRealTimers();
});

test("the same warning comes once a minute, with how often it was held back", () => {
  const warnings = new OncePerMinute();
  for (let second = 0; second < 60; second += 1) {
    warnings.warn("empty candles", `${second} candles`);
    vi.advanceTimersByTime(1_000);
  }
  expect(printed).toEqual(["warning: 0 candles"]);
  warnings.warn("empty candles", "60 candles");
  expect(printed[1]).toBe("warning: 60 candles (and 59 more like it)");
});

test("another one is not held back by it", () => {
  const warnings = new OncePerMinute();
  warnings.warn("empty candles of BTCUSDT", "a");
  warnings.warn("empty candles of ETHUSDT", "b");
  expect(printed).toEqual(["warning: a", "warning: b"]);
});

test("one that nothing was held back of says nothing of it", () => {
  const warnings = new OncePerMinute();
  warnings.warn("x", "a");
  vi.advanceTimersByTime(60_000);
  warnings.warn("x", "b");
  expect(printed[1]).toBe("warning: b");
});
