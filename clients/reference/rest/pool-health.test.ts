import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { PoolHealth } from "./pool-health.ts";

const limit = 30;
let printed: Record<string, unknown>[];
let warned: string[];
let health: PoolHealth;

beforeEach(() => {
  vi.useFakeTimers();
  printed = [];
  warned = [];
  vi.spyOn(console, "log").mockImplementation((line: string) => {
    printed.push(JSON.parse(line) as Record<string, unknown>);
  });
  health = new PoolHealth(limit, { warn: (_about, text) => warned.push(text), poorData: () => undefined });
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.useRealTimers();
});

test("at 80 % nothing is reported, above it that and how far", () => {
  health.look(24);
  expect(printed).toEqual([]);
  health.look(25);
  expect(printed).toEqual([{ firedrill: "pool", inUse: 25, limit, share: 25 / limit }]);
  expect(warned).toEqual(["the connection pool is above 80 %: 25 of 30"]);
});

test("who waits for a connection counts, and the share is never above 1", () => {
  health.look(200);
  expect(printed).toMatchObject([{ inUse: 200, share: 1 }]);
});

test("it is reported again after 5 s while it lasts, not for each request", () => {
  for (let n = 0; n < 100; n += 1) health.look(29);
  expect(printed).toHaveLength(1);
  vi.advanceTimersByTime(4_999);
  health.look(29);
  expect(printed).toHaveLength(1);
  vi.advanceTimersByTime(1);
  health.look(29);
  expect(printed).toHaveLength(2);
});
