/** An hour of incident with 200 threads in four processes, in random waits of every kind: see soak/main.c. */

import { afterAll, beforeAll, expect, test } from "vitest";
import { compiled, compilingMs, temporaryFolder, type Folder } from "./compiled.ts";
import { runOnClock } from "./on-clock.ts";

/**
 * Nothing but computing makes a wait late on the clock. The most of that is at the start, when four processes make fifty
 * threads each (4 ms were measured), and poll and epoll_wait round up to a millisecond.
 */
const lateMostMs = 10;
const hour = 3_600;

let folder: Folder;
let soak: string;
beforeAll(async () => {
  folder = await temporaryFolder();
  soak = await compiled("soak", folder);
}, compilingMs);
afterAll(() => folder[Symbol.asyncDispose]());

test.each([1, 20251022])("seed %d: never early, hardly late, nothing lost", { timeout: 400_000 }, async (seed) => {
  const argv = [soak, String(seed), String(hour), String(lateMostMs)] as const;
  const { stdout, stderr, status, report } = await runOnClock(argv, { limitMs: 300_000 });
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  const counts = JSON.parse(stdout) as Record<string, number>;
  expect(counts).toMatchObject({ early: 0, late: 0, failed: 0, kinds: 16 });
  expect(counts.taken).toBe(counts.handed);
  // 200 threads and a mean of 66 s make 11,000 in an hour, and the pairs another 3,600.
  expect(counts.waits).toBeGreaterThan(5_000);
  expect(report.incidentMs).toBeGreaterThan(hour * 1_000);
  expect(report.outsiders).toEqual([]);
});
