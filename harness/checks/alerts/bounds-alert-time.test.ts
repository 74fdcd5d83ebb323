import { expect, test } from "vitest";
import { seconds } from "../../../core/units.ts";
import { attempt, webhookFault } from "../../../test/support/alert-journal.ts";
import { clientStarted, journalOf, setting, stopped, type Lines } from "../../../test/support/journal.ts";
import { boundsAlertTime } from "./bounds-alert-time.ts";

const judge = (...lines: Lines[]) =>
  boundsAlertTime({ within: seconds(30) }).judge(
    journalOf(clientStarted("22:00"), webhookFault("22:02", "22:22"), lines, stopped("22:30", "end-of-run")),
    { ...setting, compression: 1 },
  );
const tookMs = seconds(10);

test("two attempts of 10 s pass, with how long they took together", () => {
  expect(judge(attempt("22:03:10", { tookMs }), attempt("22:03:21", { tookMs }))).toMatchObject({
    verdict: "pass",
    measured: seconds(21),
  });
});

test("four attempts of 10 s fail; what a 429 asked for does not count", () => {
  const four = ["22:03:10", "22:03:21", "22:03:32", "22:03:43"].map((time) => attempt(time, { tookMs }));
  expect(judge(...four)).toMatchObject({ verdict: "fail", measured: seconds(43) });
  const limited = attempt("22:03", { outcome: "answered", status: 429, retryAfterMs: seconds(40) });
  expect(judge(limited, attempt("22:03:41", { outcome: "answered", status: 500 }))).toMatchObject({
    verdict: "pass",
    measured: seconds(1),
  });
});

test("where none failed there is nothing to judge", () => expect(judge(attempt("22:25")).verdict).toBe("unknown"));
