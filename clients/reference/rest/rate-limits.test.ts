import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Refused } from "./errors.ts";
import { LimitsFromHeaders } from "./rate-limits.ts";

// Vitest's timers do not reach this module.
vi.mock("node:timers/promises", () => ({
  setTimeout: (ms: number) => new Promise((resolve) => setTimeout(resolve, ms)),
}));
beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

const path = "/v5/account/fee-rate";
const saidAtMs = Date.parse("2025-07-14T14:00:00Z");
const tooMany = new Refused(10006, "Too many visits.", saidAtMs);
const refusal = (resetInMs?: number) => ({
  headers: resetInMs === undefined ? {} : { "x-bapi-limit-reset-timestamp": String(saidAtMs + resetInMs) },
  refused: tooMany,
});
/** How long the next call has to wait. */
async function waitOf(limits: LimitsFromHeaders, of = path, signed = false): Promise<number> {
  const from = performance.now();
  let goneAt: number | undefined;
  void limits.turn(of, signed).then(() => (goneAt = performance.now()));
  await vi.advanceTimersByTimeAsync(60_000);
  return (goneAt ?? Infinity) - from;
}

test("after a 10006 the endpoint is closed until the reset, by the exchange's clock, and others are not", async () => {
  const limits = new LimitsFromHeaders();
  limits.learn(path, refusal(8_000));
  expect(limits.closed(path)).toBe(true);
  expect(limits.closed("/v5/market/tickers")).toBe(false);
  expect(await waitOf(limits, "/v5/market/tickers")).toBeLessThan(10);
});

test.each([
  ["as named, and a little", 8_000, 8_200],
  ["a second where none is named", undefined, 1_000],
  ["a second where it is past", -500, 1_000],
])("it waits %s", async (_how, resetInMs, waitMs) => {
  const limits = new LimitsFromHeaders();
  limits.learn(path, refusal(resetInMs));
  const waited = await waitOf(limits);
  expect(waited).toBeGreaterThanOrEqual(waitMs);
  expect(waited).toBeLessThan(waitMs + 20);
  expect(limits.closed(path)).toBe(false);
});

test("a reset whose distance is not known is none", async () => {
  const limits = new LimitsFromHeaders();
  limits.learn(path, { ...refusal(8_000), refused: new Refused(10006, "Too many visits.") });
  expect(await waitOf(limits)).toBeLessThan(1_020);
});

test("a date that jumps makes a wait neither longer nor shorter", async () => {
  const limits = new LimitsFromHeaders();
  limits.learn(path, refusal(8_000));
  vi.setSystemTime(Date.now() - 3_600_000);
  expect(await waitOf(limits)).toBeLessThan(8_300);
});

test("calls are spread by what the header says: of five a second, three", async () => {
  const limits = new LimitsFromHeaders();
  limits.learn(path, { headers: { "x-bapi-limit": "5" } });
  const from = performance.now();
  const gone: number[] = [];
  for (let n = 0; n < 15; n += 1) void limits.turn(path, true).then(() => gone.push(performance.now() - from));
  await vi.advanceTimersByTimeAsync(10_000);
  expect(gone).toHaveLength(15);
  const gaps = gone.slice(1).map((at, n) => at - (gone[n] ?? 0));
  expect(Math.min(...gaps)).toBeGreaterThanOrEqual(332);
});

test("of a signed endpoint that is not known yet the first call goes alone", async () => {
  const limits = new LimitsFromHeaders();
  let gone = 0;
  for (let n = 0; n < 3; n += 1) void limits.turn(path, true).then(() => (gone += 1));
  await vi.advanceTimersByTimeAsync(5_000);
  expect(gone).toBe(1);
  limits.learn(path, { headers: { "x-bapi-limit": "10" } });
  await vi.advanceTimersByTimeAsync(1_000);
  expect(gone).toBe(3);
});
