import { expect, test } from "vitest";
import { wallClock } from "./clock.ts";
import { afterPrecisely } from "./precise-timer.ts";

const lateMs = (ms: number): Promise<number> => {
  const dueMs = wallClock.elapsed() + ms;
  return new Promise((resolve) => void afterPrecisely(ms, () => resolve(wallClock.elapsed() - dueMs)));
};

test("is never early, whatever the fraction", async () => {
  const late = await Promise.all([0, 0.3, 1, 1.5, 2.7, 5.01, 9.99].map(lateMs));
  for (const one of late) expect(one).toBeGreaterThanOrEqual(0);
});

test("comes in the order in which it is due", async () => {
  const order: number[] = [];
  const at = (ms: number): Promise<void> =>
    new Promise((resolve) => {
      afterPrecisely(ms, () => {
        order.push(ms);
        resolve();
      });
    });
  await Promise.all([at(6.6), at(2.2), at(4.4)]);
  expect(order).toEqual([2.2, 4.4, 6.6]);
});

test("does not come once it is cancelled, asleep or in its last millisecond", async () => {
  let calls = 0;
  for (const ms of [0.5, 3]) afterPrecisely(ms, () => (calls += 1)).cancel();
  await lateMs(6);
  expect(calls).toBe(0);
});

test("uses next to no CPU while it sleeps", async () => {
  const before = process.cpuUsage();
  await lateMs(300);
  const { user, system } = process.cpuUsage(before);
  // Going round all the time would be 300 ms of CPU in a process that does nothing else.
  expect((user + system) / 1e3).toBeLessThan(150);
});
