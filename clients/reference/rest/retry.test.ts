import { afterEach, expect, test, vi } from "vitest";
import { Banned, BadReply, NoAnswer, Refused } from "./errors.ts";
import { retryWhatIsSafe, waitBefore } from "./retry.ts";

afterEach(() => {
  vi.restoreAllMocks();
  vi.useRealTimers();
});

test("waits are 1, 2, 4, 8 s and never more than 10 s, with a little more at random", () => {
  vi.spyOn(Math, "random").mockReturnValue(0);
  expect([1, 2, 3, 4, 5, 9].map(waitBefore)).toEqual([1, 2, 4, 8, 10, 10].map((s) => s * 1_000));
  vi.spyOn(Math, "random").mockReturnValue(0.999);
  expect(waitBefore(1)).toBeGreaterThan(1_150);
  expect(waitBefore(9)).toBe(10_000);
});

async function attempts(method: "GET" | "POST", error: Error): Promise<number> {
  vi.useFakeTimers();
  let n = 0;
  const outcome = retryWhatIsSafe(method)
    .execute(() => {
      n += 1;
      return Promise.reject(error);
    })
    .catch((last: unknown) => last);
  await vi.runAllTimersAsync();
  expect(await outcome).toBe(error);
  return n;
}

test.each([
  [new NoAnswer("GET /x", "timeout"), 3],
  [new BadReply("GET /x", 502, "<html>"), 3],
  [new Refused(10006, "Too many visits."), 3],
  [new Refused(10001, "params error"), 1],
  [new Refused(10002, "timestamp"), 1],
  [new Banned("GET /x"), 1],
  [new TypeError("a bug"), 1],
])("a GET that ends in %s is tried %i times", async (error, times) => {
  expect(await attempts("GET", error)).toBe(times);
});

test("a POST is never tried again by itself: it may have been done", async () => {
  expect(await attempts("POST", new NoAnswer("POST /x", "reset"))).toBe(1);
});
