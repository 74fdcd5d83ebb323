import { expect, test } from "vitest";
import { seconds } from "../../../core/units.ts";
import { clientStarted, journalOf, stopped, type Lines } from "../../../test/support/journal.ts";
import { childEnded, childStarted, processFault, setting } from "../../../test/support/journal-processes.ts";
import { restartsRunner } from "./restarts-runner.ts";

const judge = (...lines: Lines[]) =>
  restartsRunner({ child: "connector", within: seconds(10) }).judge(journalOf(...lines), setting);
const up = [clientStarted("22:00"), childStarted("22:00:01", 7)];
const killed = [processFault("kill", { from: "22:05", landed: "22:05:00", to: "22:06" }), childEnded("22:05:00", 7)];
const end = stopped("22:10", "end-of-run");

test("another one in time passes, with the time it took", () => {
  expect(judge(up, killed, childStarted("22:05:02", 8), end)).toMatchObject({
    verdict: "pass",
    measured: 2_000,
    message:
      "reference starts another connector within 10 s of the last one's death: 2 s after process 7 died at 22 Oct 02:05:00 UTC+4.",
  });
});

test("none at all fails, with how long it had", () => {
  const { verdict, message } = judge(up, killed, end);
  expect(verdict).toBe("fail");
  expect(message).toContain(
    "Expected reference to start another connector within 10 s after process 7 died at 22 Oct 02:05:00 UTC+4; it did not in the 5 min that it had.",
  );
});

test("a late one fails, and a machine as late would excuse it", () => {
  expect(judge(up, killed, childStarted("22:05:40", 8), end)).toMatchObject({
    verdict: "fail",
    measured: 40_000,
    excuse: { latenessMs: 30_000 },
  });
});

test("of a crash loop the first death is measured: the others are the business of backoff", () => {
  const loop = [childStarted("22:05:02", 8), childEnded("22:05:03", 8), childStarted("22:05:33", 9)];
  expect(judge(up, killed, loop, end)).toMatchObject({ verdict: "pass", measured: 2_000 });
});

test("another program of the client is no connector", () => {
  expect(judge(up, killed, childStarted("22:05:02", 8, { runs: "node other.js" }), end).verdict).toBe("fail");
});

test("stopped before its time was up: unknown", () => {
  expect(judge(up, killed, stopped("22:05:05")).verdict).toBe("unknown");
});

test("no death by a fault: not applicable", () => {
  expect(judge(up, childEnded("22:05", 7), end).verdict).toBe("unknown");
});
