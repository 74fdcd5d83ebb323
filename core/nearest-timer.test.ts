import { expect, test } from "vitest";
import { wallClock } from "./clock.ts";
import { afterNearest } from "./nearest-timer.ts";

const lateMs = (ms: number): Promise<number> => {
  const dueMs = wallClock.elapsed() + ms;
  return new Promise((resolve) => void afterNearest(ms, () => resolve(wallClock.elapsed() - dueMs)));
};

test("is never more than three quarters of a millisecond early, whatever the fraction", async () => {
  const late = await Promise.all([0, 0.3, 0.6, 1, 1.5, 2.7, 5.01, 9.99, 20.4].map(lateMs));
  for (const one of late) expect(one).toBeGreaterThanOrEqual(-0.75);
});

test("does not call back before it has returned", () => {
  let called = false;
  const timers = [0, 0.5, 1].map((ms) => afterNearest(ms, () => (called = true)));
  expect(called).toBe(false);
  for (const timer of timers) timer.cancel();
});

test("comes in the order in which it is due", async () => {
  const order: number[] = [];
  const at = (ms: number): Promise<void> =>
    new Promise((resolve) => {
      afterNearest(ms, () => {
        order.push(ms);
        resolve();
      });
    });
  await Promise.all([at(9.6), at(0.2), at(5.4)]);
  expect(order).toEqual([0.2, 5.4, 9.6]);
});

test("does not come once it is cancelled", async () => {
  let calls = 0;
  for (const ms of [0.3, 3]) afterNearest(ms, () => (calls += 1)).cancel();
  await lateMs(8);
  expect(calls).toBe(0);
});
