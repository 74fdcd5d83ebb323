import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { HundredInFiveMinutes } from "./dial-budget.ts";

beforeEach(() => vi.useFakeTimers({ toFake: ["performance"] }));
afterEach(() => vi.useRealTimers());

test("a few dozen dials go out at once, and each after that waits its turn", () => {
  const budget = new HundredInFiveMinutes();
  const waits = Array.from({ length: 42 }, () => budget.take());
  expect(waits.slice(0, 40)).toEqual(Array(40).fill(0));
  expect(waits.slice(40)).toEqual([5_000, 10_000]);
});

test("whoever dials whenever it may has dialled a hundred times at most in any five minutes", () => {
  const budget = new HundredInFiveMinutes();
  const dials: number[] = [];
  while (performance.now() < 3_600_000) {
    const waitMs = budget.take();
    vi.advanceTimersByTime(waitMs);
    dials.push(performance.now());
  }
  const most = Math.max(...dials.map((from) => dials.filter((at) => at >= from && at < from + 300_000).length));
  expect(most).toBeGreaterThan(90);
  expect(most).toBeLessThanOrEqual(100);
});
