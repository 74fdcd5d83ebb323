import { describe, expect, test } from "vitest";
import { random } from "../core/random.ts";
import { minutes } from "../core/units.ts";
import { bufferAt, signalsOfWave, waveIntervalMs, waveOf, type WaveOptions } from "./signal.ts";

const symbols = "BTC ETH SOL XRP DOGE ADA AVAX LINK DOT LTC".split(" ").map((coin) => `${coin}USDT`);
const options = (seed = "night", overrides: WaveOptions["overrides"] = {}): WaveOptions => ({
  random: random(seed),
  symbols,
  overrides,
});
const midnight = Date.parse("2025-10-22T00:00:00Z");
const day = Array.from({ length: 96 }, (_, index) => midnight + index * waveIntervalMs);

test("a wave begins on the quarter of an hour", () => {
  expect(waveOf(midnight)).toBe(midnight);
  expect(waveOf(midnight + minutes(15) - 1)).toBe(midnight);
  expect(waveOf(midnight - 1)).toBe(midnight - minutes(15));
});

describe("a wave", () => {
  const waves = day.map((waveMs) => ({ waveMs, appearances: signalsOfWave(waveMs, options()) }));

  test("has 5 to 7 signals, and over a day each of these sizes", () => {
    expect([...new Set(waves.map(({ appearances }) => appearances.length))].sort()).toEqual([5, 6, 7]);
  });

  test("appears between 15 and 19 minutes after its time, in order", () => {
    for (const { waveMs, appearances } of waves) {
      const ages = appearances.map(({ atMs }) => atMs - waveMs);
      expect(Math.min(...ages)).toBeGreaterThanOrEqual(minutes(15));
      expect(Math.max(...ages)).toBeLessThanOrEqual(minutes(19));
      expect(ages).toEqual(ages.toSorted((a, b) => a - b));
    }
  });

  test("names each symbol once and carries the wave's time", () => {
    for (const { waveMs, appearances } of waves) {
      expect(new Set(appearances.map(({ signal }) => signal.symbol)).size).toBe(appearances.length);
      for (const { signal } of appearances) expect(Date.parse(signal.timestamp)).toBe(waveMs);
    }
  });

  test("has ids that are never used twice and fit an orderLinkId", () => {
    const ids = waves.flatMap(({ appearances }) => appearances.map(({ signal }) => signal.id));
    expect(new Set(ids).size).toBe(ids.length);
    for (const id of ids) expect(id).toMatch(/^[A-Za-z0-9_-]{1,36}$/);
  });

  test("now and then has a signal for another exchange", () => {
    const foreign = waves.map(({ appearances }) => appearances.filter(({ signal }) => signal.exchange !== "bybit"));
    expect(foreign.filter(({ length }) => length === 1).length).toBeGreaterThan(5);
    expect(foreign.filter(({ length }) => length > 1)).toEqual([]);
  });
});

test("the same seed gives the same waves, whatever was asked before; another seed gives others", () => {
  const one = options();
  for (const waveMs of day.toReversed()) signalsOfWave(waveMs, one);
  expect(signalsOfWave(midnight, one)).toEqual(signalsOfWave(midnight, options()));
  expect(signalsOfWave(midnight, options("day"))).not.toEqual(signalsOfWave(midnight, options()));
});

test("a scenario can fix one wave, and leaves the others alone", () => {
  const fixed = options("night", { "2025-10-22T00:00:00.000Z": { signals: 7, foreign: 2 } });
  const wave = signalsOfWave(midnight, fixed);
  expect(wave).toHaveLength(7);
  expect(wave.filter(({ signal }) => signal.exchange === "binance")).toHaveLength(2);
  expect(signalsOfWave(midnight + waveIntervalMs, fixed)).toEqual(signalsOfWave(midnight + waveIntervalMs, options()));
});

describe("the buffer", () => {
  /** Everything of the last three days, the slow way. */
  const appeared = (untilMs: number) =>
    Array.from({ length: 3 * 96 }, (_, back) => waveOf(untilMs) - back * waveIntervalMs)
      .flatMap((waveMs) => signalsOfWave(waveMs, options()))
      .filter(({ atMs }) => atMs <= untilMs)
      .toSorted((a, b) => a.atMs - b.atMs)
      .map(({ signal }) => signal);

  test.each([0, 3, 14.9, 15, 17.2, 18.99, 19, 29.999])("%d min into a day holds the newest 291, oldest first", (at) => {
    const now = midnight + minutes(at);
    const buffer = bufferAt(now, 291, options());
    expect(buffer).toHaveLength(291);
    expect(buffer).toEqual(appeared(now).slice(-291));
  });

  test("gains a signal at the very moment it appears", () => {
    const [{ atMs, signal } = { atMs: 0, signal: undefined }] = signalsOfWave(midnight, options());
    expect(bufferAt(atMs - 1, 291, options()).at(-1)).not.toEqual(signal);
    expect(bufferAt(atMs, 291, options()).at(-1)).toEqual(signal);
  });

  test("can be of any size", () => {
    for (const size of [0, 1, 6, 50]) expect(bufferAt(midnight, size, options())).toHaveLength(size);
  });
});
