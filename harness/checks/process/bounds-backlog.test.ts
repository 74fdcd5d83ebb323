import { expect, test } from "vitest";
import { clientStarted, journalOf, line, setting, stopped, type Lines } from "../../../test/support/journal.ts";
import { streamFault, streaming } from "../../../test/support/stream-journal.ts";
import { boundsBacklog } from "./bounds-backlog.ts";

const mib = 2 ** 20;
const judge = (...lines: Lines[]) => boundsBacklog({ growthBytes: 64 * mib }).judge(journalOf(...lines), setting);
const held = (...samples: [time: string, mib: number][]) =>
  samples.map(([time, size]) => line(time, "client.resources", { rssBytes: size * mib }));
const up = [clientStarted("22:00"), streaming("22:00:05", "public-1")];
const before = held(["22:02", 60], ["22:03", 100], ["22:04", 105], ["22:04:30", 120]);
const burst = streamFault("burst", "topic", { from: "22:05", to: "22:07", hits: [["22:05", "public-1"]] });
const run = [up, before, burst, stopped("22:20", "end-of-run")];

test("memory that rises for a moment only passes, and what comes after the burst is another matter", () => {
  const during = held(["22:05:30", 130], ["22:06", 400], ["22:06:10", 140], ["22:06:20", 150], ["22:06:30", 150]);
  const after = held(["22:10", 400], ["22:11", 400], ["22:12", 400]);
  expect(judge(run, during, after)).toMatchObject({
    verdict: "pass",
    measured: 40,
    message:
      "reference holds at most 64 MiB more while messages pour in: it went from 100 MiB before the burst to 140 MiB at 22 Oct 02:06:20 UTC+4.",
  });
});

test("memory that stays high in the burst fails, though it comes back after", () => {
  const during = held(["22:05:30", 130], ["22:06", 180], ["22:06:10", 230], ["22:06:20", 280], ["22:06:30", 330]);
  const seen = judge(run, during, held(["22:10", 100], ["22:11", 100], ["22:12", 100]));
  expect(seen).toMatchObject({ verdict: "fail", measured: 130, target: 64, unit: "MiB" });
  expect(seen.message).toContain("it went from 100 MiB before the burst to 230 MiB at 22 Oct 02:06:30");
});

test("without a burst, or with too few samples, nothing is judged", () => {
  const during = held(["22:05:30", 130], ["22:06", 180]);
  expect(judge(run, during).verdict).toBe("unknown");
  expect(judge(up, before, during, stopped("22:20", "end-of-run")).verdict).toBe("unknown");
});

test("where the system does not show it, it is not applicable", () => {
  expect(judge(up, burst).verdict).toBe("not-applicable");
});
