import { expect, test } from "vitest";
import { SignalBuffer } from "./buffer.ts";
import type { Signal } from "./signal.ts";

const waveMs = (n: number): number => Date.parse("2025-10-21T00:00:00Z") + n * 900_000;
const signal = (n: number, symbol = "BTCUSDT"): Signal => ({
  id: `${n}-${symbol}`,
  symbol,
  side: "Buy",
  timestamp: new Date(waveMs(n)).toISOString(),
  exchange: "bybit",
});

test("a wave's signals are found, and no others", () => {
  const buffer = new SignalBuffer();
  buffer.add([signal(1), signal(1, "ETHUSDT"), signal(2)]);
  expect(buffer.wave(waveMs(1)).map(({ id }) => id)).toEqual(["1-BTCUSDT", "1-ETHUSDT"]);
  expect(buffer.wave(waveMs(3))).toEqual([]);
});

test("a signal that comes again is kept once", () => {
  const buffer = new SignalBuffer();
  for (let i = 0; i < 5; i += 1) buffer.add([signal(1), signal(2)]);
  expect(buffer.size).toBe(2);
});

test("it is bounded, and what goes is the oldest", () => {
  const buffer = new SignalBuffer();
  for (let n = 0; n < 2_500; n += 1) buffer.add([signal(n)]);
  expect(buffer.size).toBe(2_000);
  expect(buffer.wave(waveMs(499))).toEqual([]);
  expect(buffer.wave(waveMs(500))).toHaveLength(1);
  expect(buffer.wave(waveMs(2_499))).toHaveLength(1);
});
