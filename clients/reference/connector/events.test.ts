import { expect, test, vi } from "vitest";
import { EventQueue } from "./event-queue.ts";
import { parseEvent } from "./events.ts";

const trade = { event: "trade", symbol: "BTCUSDT", price: 1, size: 2, side: "Buy", timeMs: 3 };
const depth = { event: "depth", symbol: "BTCUSDT", bid: 1, ask: 2, timeMs: 3 };

test("a trade and the best prices are events", () => {
  expect(parseEvent(JSON.stringify(trade))).toEqual(trade);
  expect(parseEvent(JSON.stringify(depth))).toEqual(depth);
});

test.each([
  ["half a line", '{"event":"tra'],
  ["no object", "null"],
  ["another kind", '{"event":"hello","symbol":"BTCUSDT"}'],
  ["a price that is none", JSON.stringify({ ...trade, price: "1" })],
  ["no time", JSON.stringify({ ...depth, timeMs: undefined })],
])("%s is a bad event", (_, line) => {
  expect(() => parseEvent(line)).toThrow();
});

test("one bad event is counted and the next one is handled", async () => {
  const handled: string[] = [];
  const errors: unknown[] = [];
  const queue = new EventQueue<string>(
    (line) => handled.push(parseEvent(line).symbol),
    (error) => errors.push(error),
  );
  ["bad", JSON.stringify(trade), "", JSON.stringify(depth)].forEach((line) => queue.push(line));
  await vi.waitFor(() => expect(queue.state).toEqual({ size: 0, errors: 2, dropped: 0 }));
  expect(handled).toEqual(["BTCUSDT", "BTCUSDT"]);
  expect(errors).toHaveLength(2);
});

test("a queue that is full drops the oldest", async () => {
  const handled: number[] = [];
  const queue = new EventQueue<number>(
    (n) => handled.push(n),
    () => undefined,
  );
  for (let n = 0; n < 1_200; n += 1) queue.push(n);
  expect(queue.state).toEqual({ size: 1_000, errors: 0, dropped: 200 });
  await vi.waitFor(() => expect(queue.state.size).toBe(0));
  expect([handled[0], handled.length]).toEqual([200, 1_000]);
});
