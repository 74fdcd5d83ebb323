import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { IPolicy } from "cockatiel";
import { stopWhileBanned } from "./ban.ts";
import { Banned, NoAnswer } from "./errors.ts";

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

/** What the exchange does with a call now, and how many reached it. */
function stage() {
  const state: { sent: number; answer: () => Promise<string>; policy: IPolicy } = {
    ...{ sent: 0, answer: () => Promise.reject(new Banned("GET /x")) },
    policy: stopWhileBanned(() => call()),
  };
  const call = (): Promise<string> =>
    state.policy.execute(() => {
      state.sent += 1;
      return state.answer();
    });
  const quietly = () => call().catch(() => undefined);
  return { state, quietly };
}

test("after a 403 nothing is sent for a minute, then one call, also where nobody polls", async () => {
  const { state, quietly } = stage();
  await quietly();
  for (let n = 0; n < 20; n += 1) await quietly();
  expect(state.sent).toBe(1);
  await vi.advanceTimersByTimeAsync(600_000);
  expect(state.sent).toBe(10);
});

test("once a probe succeeds, calls go on", async () => {
  const { state, quietly } = stage();
  await quietly();
  state.answer = () => Promise.resolve("data");
  await vi.advanceTimersByTimeAsync(60_200);
  expect(state.sent).toBe(2);
  expect(await quietly()).toBe("data");
});

test("a probe without an answer does not end the pause", async () => {
  const { state, quietly } = stage();
  await quietly();
  state.answer = () => Promise.reject(new NoAnswer("GET /x", "timeout"));
  await vi.advanceTimersByTimeAsync(60_200);
  expect(state.sent).toBe(2);
  await quietly();
  expect(state.sent).toBe(2);
});

test("without a ban, a call that gets no answer stops nothing", async () => {
  const { state, quietly } = stage();
  state.answer = () => Promise.reject(new NoAnswer("GET /x", "timeout"));
  for (let n = 0; n < 5; n += 1) await quietly();
  expect(state.sent).toBe(5);
});
