import { expect, test } from "vitest";
import { at, journalOf, line, runStarted } from "../../test/support/journal.ts";
import { latenessMs } from "./lateness.ts";

/** At x60 what is seen 50 ms of the wall later is 3 s. */
const run = runStarted({ compression: 60 });
const starved = (time: string, incidentMs: number) =>
  line(time, "client.starved", { wallMs: incidentMs / 60, incidentMs });
const between = { fromAt: at("22:05"), toAt: at("22:06") };

test("what was recorded in between counts, and a moment after", () => {
  const recorded = [starved("22:04:59", 1_000), starved("22:05:30", 2_000), starved("22:06:02", 4_000)];
  expect(latenessMs(journalOf(run, recorded), between)).toBe(6_000);
});

test("of a wait that was over long after, the part before counts", () => {
  expect(latenessMs(journalOf(run, starved("22:10:03", 260_000)), between)).toBe(20_000);
  expect(latenessMs(journalOf(run, starved("22:10:03", 600_000)), between)).toBe(60_000);
  expect(latenessMs(journalOf(run, starved("22:10:03", 100_000)), between)).toBe(0);
});
