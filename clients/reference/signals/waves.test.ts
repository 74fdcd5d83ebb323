import { expect, test } from "vitest";
import { utcWaves } from "./waves.ts";

const iso = (ms: number): string => new Date(ms).toISOString().slice(0, 19);
const check = (now: string): string => iso(utcWaves.nextCheck(Date.parse(`${now}Z`)));

test.each([
  ["2025-10-21T22:52:58", "2025-10-21T23:05:00"],
  ["2025-10-21T23:04:59.999", "2025-10-21T23:05:00"],
  ["2025-10-21T23:05:00", "2025-10-21T23:20:00"],
  ["2025-10-21T23:20:00.001", "2025-10-21T23:35:00"],
  ["2025-10-21T23:49:00", "2025-10-21T23:50:00"],
  ["2025-10-21T23:50:00", "2025-10-22T00:05:00"],
  ["2025-12-31T23:59:00", "2026-01-01T00:05:00"],
])("after %s the next check is %s", (now, next) => expect(check(now)).toBe(next));

test("checks are at :05, :20, :35 and :50, day and night", () => {
  let moment = Date.parse("2025-10-21T12:00:00Z");
  const minutes = Array.from({ length: 96 }, () => new Date((moment = utcWaves.nextCheck(moment))).getUTCMinutes());
  expect(minutes).toEqual(Array.from({ length: 24 }, () => [5, 20, 35, 50]).flat());
});

test.each([
  ["2025-10-21T23:05:00", "2025-10-21T22:45:00"],
  ["2025-10-22T00:05:00", "2025-10-21T23:45:00"],
  ["2025-10-22T00:20:00", "2025-10-22T00:00:00"],
])("the check of %s looks for the wave of %s", (at, wave) => {
  expect(iso(utcWaves.waveFor(Date.parse(`${at}Z`)))).toBe(wave);
});
