import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { TopicFreshness } from "./freshness.ts";

beforeEach(() => void vi.useFakeTimers({ toFake: ["performance", "setTimeout", "clearTimeout", "setImmediate"] }));
afterEach(() => void vi.useRealTimers());

const frameMs = 100;

class Counted extends TopicFreshness {
  looks = 0;

  protected override look(): void {
    this.looks += 1;
    super.look();
  }
}

function watched() {
  const silent: { topic: string; at: number; silentMs: number }[] = [];
  const freshness = new Counted({
    silent: (topic, silentMs) => silent.push({ topic, at: performance.now(), silentMs }),
    cadence: () => ({ greets: true, factor: 3, leastMs: 10_000, unknownMs: Infinity }),
  });
  freshness.opened();
  /** Time passes; the connection lives on, and the topics named bring frames. */
  const live = (ms: number, topics: readonly string[]): void => {
    for (let passed = 0; passed < ms; passed += frameMs) {
      vi.advanceTimersByTime(frameMs);
      freshness.alive();
      for (const topic of topics) freshness.heard(topic);
    }
  };
  return { freshness, silent, live };
}

test("a topic that goes silent is reported within half a second of when it may be late, another is not", () => {
  const { freshness, silent, live } = watched();
  for (const topic of ["a", "b"]) freshness.subscribed(topic);
  live(33_333, ["a", "b"]);
  const sinceAt = performance.now();
  live(11_000, ["b"]);
  expect(silent.map(({ topic }) => topic)).toEqual(["a"]);
  expect(silent[0]?.at).toBeGreaterThan(sinceAt + 10_000);
  expect(silent[0]?.at).toBeLessThanOrEqual(sinceAt + 10_600 + frameMs);
  expect(freshness.stale).toEqual(["a"]);
});

test("one that is not greeted is reported, whenever it was subscribed", () => {
  const { freshness, silent, live } = watched();
  live(7_777, []);
  freshness.subscribed("late");
  live(9_900, []);
  expect(silent).toEqual([]);
  live(1_000, []);
  expect(silent.map(({ topic }) => topic)).toEqual(["late"]);
});

test("while all is well it looks every few seconds, and not at all without a connection", () => {
  const { freshness, live } = watched();
  freshness.subscribed("a");
  live(60_000, ["a"]);
  expect(freshness.looks).toBeLessThanOrEqual(13);
  const { looks } = freshness;
  freshness.lost();
  live(60_000, ["a"]);
  expect([freshness.looks, vi.getTimerCount()]).toEqual([looks, 0]);
});
