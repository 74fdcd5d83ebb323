import { expect, test } from "vitest";
import { clientStarted, journalOf, line, setting, stopped, type Lines } from "../../../test/support/journal.ts";
import { dialEnded, dialled, outage } from "../../../test/support/stream-journal.ts";
import { logsDialsSparingly } from "./logs-dials-sparingly.ts";

const judge = (...lines: Lines[]) => logsDialsSparingly({ linesPerDial: 5 }).judge(journalOf(...lines), setting);
const printed = (time: string, times: number) =>
  line(time, "client.printed", { line: `warning ${time}`, times, agoMs: 0, spanMs: 0 });
const failing = Array.from({ length: 10 }, (_, n) => {
  const connection = `public-${n + 1}`;
  return [dialled(`22:02:${n + 10}`, connection), dialEnded(`22:02:${n + 10}`, connection, "server")];
});
const outOfReach = [clientStarted("22:00"), outage("f1", "22:02", "22:03"), failing];
const end = stopped("22:10", "end-of-run");

test("a few lines for each dial pass, and lines after the fault are not its", () => {
  const seen = judge(outOfReach, printed("22:02:30", 20), printed("22:04", 500), end);
  expect(seen).toMatchObject({ verdict: "pass", measured: 2 });
  expect(seen.message).toBe(
    "reference prints at most 5 lines for each dial that fails: it printed 20 lines while 10 of its dials failed (see client.log).",
  );
});

test("dozens fail", () => {
  const seen = judge(outOfReach, printed("22:02:20", 400), printed("22:02:40", 80), end);
  expect(seen).toMatchObject({ verdict: "fail", measured: 48 });
  expect(seen.message).toContain(
    "Expected reference to print at most 5 lines for each dial that fails; it printed 480 lines while 10 of its dials failed (see client.log).",
  );
});

test("what it prints as ever is not for its dials", () => {
  // 120 a minute before, and as many in the minute of the fault.
  expect(judge(outOfReach, printed("22:00:30", 240), printed("22:02:30", 120), end)).toMatchObject({
    verdict: "pass",
    measured: 0,
  });
});

test("without output it cannot be seen; with too few dials it is not known", () => {
  expect(judge(outOfReach, end).verdict).toBe("not-applicable");
  const few = [clientStarted("22:00"), outage("f1", "22:02", "22:03"), failing.slice(0, 4)];
  expect(judge(few, printed("22:02:30", 500), end).verdict).toBe("unknown");
});
