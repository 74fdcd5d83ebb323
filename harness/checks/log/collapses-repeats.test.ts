import { expect, test } from "vitest";
import { clientStarted, journalOf, setting, stopped, type Lines } from "../../../test/support/journal.ts";
import { printed } from "../../../test/support/log-journal.ts";
import { restFault } from "../../../test/support/rest-journal.ts";
import { collapsesRepeats } from "./collapses-repeats.ts";

const fault = restFault("f1", "22:01", "22:05");
const judge = (...lines: Lines[]) =>
  collapsesRepeats().judge(journalOf(clientStarted("22:00"), lines, stopped("22:10", "end-of-run")), setting);

test("a line of a kind a minute passes, and what was printed before the fault is not looked at", () => {
  const before = printed("22:00:30", "# ticker of BTCUSDT: HTTP #", 9, 1_000);
  expect(
    judge(fault, before, printed("22:01:10", "a"), printed("22:02:10", "a"), printed("22:02:10", "b")),
  ).toMatchObject({
    verdict: "pass",
    measured: 1,
  });
});

test("symbols make no other kind: fifteen of them that fail are one thing", () => {
  const { verdict, measured, message } = judge(
    fault,
    printed("22:01:10", "# ticker of BTCUSDT: HTTP #"),
    printed("22:01:40", "# ticker of ETHUSDT: HTTP #", 2, 20_000),
  );
  expect({ verdict, measured }).toEqual({ verdict: "fail", measured: 3 });
  expect(message).toContain('it printed "# ticker of …: HTTP #" 3 times in the minute from 22 Oct 02:01:10 UTC+4');
});

test("lines too many to count one by one: unknown, unless one is seen to be repeated", () => {
  expect(judge(fault, printed("22:02", null, 900), printed("22:02", "once")).verdict).toBe("unknown");
  expect(judge(fault, printed("22:02", null, 900), printed("22:02", "again", 5, 1_000)).verdict).toBe("fail");
});

test("a client that prints nothing, and a run without a fault, are not judged", () => {
  expect(judge(fault).verdict).toBe("not-applicable");
  expect(judge(printed("22:02", "a", 9, 1_000)).verdict).toBe("unknown");
});
