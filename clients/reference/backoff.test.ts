import { afterEach, expect, test, vi } from "vitest";
import { exponentialBackoff } from "./backoff.ts";

const options = { firstMs: 1_000, capMs: 30_000, stableMs: 60_000 };
const without = { jitter: (share: number) => vi.spyOn(Math, "random").mockReturnValue(share) };
const waits = (backoff: ReturnType<typeof exponentialBackoff>, n: number) =>
  Array.from({ length: n }, () => backoff.next());

afterEach(() => void vi.restoreAllMocks());

test("waits double up to the cap and stay there", () => {
  without.jitter(0);
  expect(waits(exponentialBackoff(options), 8)).toEqual([1, 2, 4, 8, 16, 30, 30, 30].map((s) => s * 1_000));
});

test("jitter takes off a fifth at most, and never adds", () => {
  without.jitter(1);
  expect(waits(exponentialBackoff(options), 6)).toEqual([0.8, 1.6, 3.2, 6.4, 12.8, 24].map((s) => s * 1_000));
  vi.restoreAllMocks();
  const seen = waits(exponentialBackoff({ ...options, capMs: 1_000 }), 500);
  expect(Math.max(...seen)).toBeLessThanOrEqual(1_000);
  expect(Math.min(...seen)).toBeGreaterThanOrEqual(800);
  expect(new Set(seen).size).toBeGreaterThan(100);
});

test("only a session that was stable starts it over", () => {
  without.jitter(0);
  const backoff = exponentialBackoff(options);
  waits(backoff, 3);
  backoff.lasted(59_999);
  expect(backoff.next()).toBe(8_000);
  backoff.lasted(60_000);
  expect(backoff.next()).toBe(1_000);
});

test("a thousand failures in a row still wait the cap", () => {
  without.jitter(0);
  expect(waits(exponentialBackoff(options), 1_100).at(-1)).toBe(30_000);
});
