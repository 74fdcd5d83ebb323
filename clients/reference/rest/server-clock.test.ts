import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { MeasuredClock } from "./server-clock.ts";

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

/** An exchange whose date is so far ahead of ours; its replies take these times, half of them each way. */
function exchange(aheadMs: number, roundTripsMs: readonly number[], answerShare = 0.5) {
  let n = 0;
  return async () => {
    const roundTripMs = roundTripsMs[n++] ?? 0;
    await vi.advanceTimersByTimeAsync(roundTripMs * answerShare);
    const dateMs = Date.now() + aheadMs;
    await vi.advanceTimersByTimeAsync(roundTripMs * (1 - answerShare));
    return dateMs;
  };
}

test.each([1_200, -6_000, 90_000])("an exchange that is %i ms ahead", async (aheadMs) => {
  const clock = new MeasuredClock(exchange(aheadMs, [100, 100, 100]));
  await clock.sync();
  expect(clock.now() - Date.now()).toBe(aheadMs);
});

test("a reply that was slow on one way does not count where a quick one came", async () => {
  const clock = new MeasuredClock(exchange(500, [4_000, 20, 4_000], 0.1));
  await clock.sync();
  expect(Math.abs(clock.now() - Date.now() - 500)).toBeLessThan(10);
});

test("before it has measured, and where it could not, it is our own date", async () => {
  const clock = new MeasuredClock(() => Promise.reject(new Error("no answer")));
  await expect(clock.sync()).rejects.toThrow("no answer");
  expect(clock.now()).toBe(Date.now());
});
