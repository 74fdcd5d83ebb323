import { expect, test } from "vitest";
import { seconds } from "../../../core/units.ts";
import { clientStarted, journalOf, stopped, type Lines } from "../../../test/support/journal.ts";
import {
  childEnded,
  childStarted,
  processFault,
  seenStopped,
  setting,
} from "../../../test/support/journal-processes.ts";
import { replacesFrozenRunner } from "./replaces-frozen-runner.ts";

const check = replacesFrozenRunner({ child: "connector", notBefore: seconds(55), within: seconds(75) });
const judge = (...lines: Lines[]) => check.judge(journalOf(...lines), setting);
const up = [clientStarted("22:00"), childStarted("22:00:01", 7)];
const frozen = [
  seenStopped("22:05", 7),
  processFault("stop", { from: "22:04:59", landed: "22:05:00", to: "22:07", proof: 3 }),
];
const end = stopped("22:10", "end-of-run");

test("ended in time passes", () => {
  expect(judge(up, frozen, childEnded("22:06:05", 7), end)).toMatchObject({ verdict: "pass", measured: 65_000 });
});

test("never, late, or before it could be known fails", () => {
  expect(judge(up, frozen, end)).toMatchObject({ verdict: "fail", measured: null });
  expect(judge(up, frozen, childEnded("22:06:30", 7), end)).toMatchObject({
    verdict: "fail",
    excuse: { latenessMs: 15_000 },
  });
  expect(judge(up, frozen, childEnded("22:05:20", 7), end).message).toContain("it did so after 20 s already");
});

test("after the heal it is not frozen any more", () => {
  expect(judge(up, frozen, childEnded("22:08", 7), end)).toMatchObject({ verdict: "fail", measured: null });
});

test("too short to judge: unknown; none frozen: not applicable", () => {
  expect(judge(up, frozen, stopped("22:06")).verdict).toBe("unknown");
  expect(judge(up, end).verdict).toBe("unknown");
});
