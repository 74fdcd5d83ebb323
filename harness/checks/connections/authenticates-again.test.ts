import { expect, test } from "vitest";
import { seconds } from "../../../core/units.ts";
import {
  authenticated,
  clientStarted,
  fault,
  journalOf,
  line,
  setting,
  stopped,
  type Lines,
} from "../../../test/support/journal.ts";
import { authenticatesAgain } from "./authenticates-again.ts";

const expiry = fault("f1", { from: "22:05", landed: "22:10", to: "22:20", rules: ["signal-rule-1"] });
const judge = (...lines: Lines[]) =>
  authenticatesAgain({ within: seconds(10) }).judge(
    journalOf(
      clientStarted("22:00"),
      authenticated("22:00:01", "signal-1"),
      expiry,
      lines,
      stopped("22:30", "end-of-run"),
    ),
    { ...setting, compression: 1 },
  );
const hit = (time: string, connection = "signal-1") =>
  line(time, "rule.hit", { rule: "signal-rule-1", endpoint: "signal", connection, subject: "ping", nth: 1 });

test("in time, on whatever connection, passes: the first request of each session counts", () => {
  const lines = [
    hit("22:10"),
    hit("22:10:05"),
    authenticated("22:10:06", "signal-1"),
    hit("22:20"),
    authenticated("22:20:02", "signal-2"),
  ];
  expect(judge(lines)).toMatchObject({ verdict: "pass", measured: 6_000 });
});
test("never fails", () => expect(judge(hit("22:10"))).toMatchObject({ verdict: "fail", measured: null }));
test("where no session expired nothing is known", () => expect(judge().verdict).toBe("unknown"));
