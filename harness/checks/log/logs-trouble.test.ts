import { expect, test } from "vitest";
import { seconds } from "../../../core/units.ts";
import { clientStarted, journalOf, setting, stopped, type Lines } from "../../../test/support/journal.ts";
import { printed } from "../../../test/support/log-journal.ts";
import { restFault } from "../../../test/support/rest-journal.ts";
import { logsTrouble } from "./logs-trouble.ts";

const judge = (...lines: Lines[]) =>
  logsTrouble({ within: seconds(30) }).judge(
    journalOf(clientStarted("22:00"), lines, stopped("22:10", "end-of-run")),
    setting,
  );
const fault = restFault("f1", "22:01", "22:05");

test("a line of a new kind in time passes", () => {
  expect(judge(fault, printed("22:01:04", "# HTTP #"))).toMatchObject({ verdict: "pass", measured: 4_000 });
});

test("what it had printed before says nothing, and what comes late fails", () => {
  const before = printed("22:00:30", "# health: ok");
  expect(judge(fault, before, printed("22:01:04", "# health: ok"))).toMatchObject({ verdict: "fail", measured: null });
  expect(judge(fault, before, printed("22:02", "# HTTP #"))).toMatchObject({ verdict: "fail", measured: 60_000 });
});

test("without a trouble that lasts, or a line, there is nothing to judge", () => {
  expect(judge(restFault("f1", "22:01", "22:01:10"), printed("22:01:04", "a")).verdict).toBe("unknown");
  expect(judge(fault).verdict).toBe("not-applicable");
});
