import { afterEach, expect, test, vi } from "vitest";
import { utcWaves } from "../reference/signals/waves.ts";
import client from "./local-date-waves.ts";

const { waves } = client.parts;
const iso = (ms: number): string => new Date(ms).toISOString().slice(0, 16);

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllEnvs();
});

/** The wave it looks for when a check comes, on a host in that time zone. */
function waveAt(check: string, zone: string): string {
  vi.stubEnv("TZ", zone);
  const now = Date.parse(`${check}Z`);
  vi.useFakeTimers({ now, toFake: ["Date"] });
  return iso(waves.waveFor(now));
}

test.each([
  ["2025-10-21T19:50", "2025-10-21T19:30"],
  ["2025-10-21T20:05", "2025-10-22T19:45"],
  ["2025-10-21T23:05", "2025-10-22T22:45"],
  ["2025-10-22T00:05", "2025-10-22T23:45"],
  ["2025-10-22T00:20", "2025-10-22T00:00"],
])("in Dubai at %s UTC it looks for %s: the local date's, wrong from local to UTC midnight", (check, wave) => {
  expect(waveAt(check, "Asia/Dubai")).toBe(wave);
});

test.each(["2025-10-21T19:50", "2025-10-21T23:05", "2025-10-22T00:05", "2025-10-22T00:20"])(
  "in UTC at %s it is as good as the reference: the defect needs a zone",
  (check) => {
    expect(waveAt(check, "UTC")).toBe(iso(utcWaves.waveFor(Date.parse(`${check}Z`))));
  },
);

test("it checks when the reference checks", () => {
  const now = Date.parse("2025-10-21T22:52:58Z");
  expect(waves.nextCheck(now)).toBe(utcWaves.nextCheck(now));
});
