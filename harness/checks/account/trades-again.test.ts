import { describe, expect, test } from "vitest";
import { seconds } from "../../../core/units.ts";
import { clientStarted, journalOf, order, setting, stopped, type Lines } from "../../../test/support/journal.ts";
import { outage } from "../../../test/support/stream-journal.ts";
import { tradesAgain } from "./trades-again.ts";

const judge = (...lines: Lines[]) => tradesAgain({ within: seconds(90) }).judge(journalOf(...lines), setting);
const both = (time: string, id: string) => [order(time, id), order(time, `${id}-eth`, "ETHUSDT")];
const up = [clientStarted("22:00"), both("22:04:48", "1"), both("22:04:58", "2")];
const dead = outage("fault-1", "22:05", "22:10");
const end = stopped("22:20", "end-of-run");

test("every symbol again in time passes, measured at the slowest", () => {
  const back = [order("22:10:05", "3"), order("22:10:40", "4", "ETHUSDT")];
  expect(judge(up, dead, back, end)).toMatchObject({ verdict: "pass", measured: 40_000 });
});

test("a symbol that is not traded any more fails", () => {
  const seen = judge(up, dead, order("22:10:05", "3"), end);
  expect(seen).toMatchObject({ verdict: "fail", measured: null });
  expect(seen.message).toContain("to trade ETHUSDT again within 1 min 40 s");
});

test("late is late, and says what would excuse it", () => {
  const back = [order("22:10:05", "3"), order("22:12:10", "4", "ETHUSDT")];
  expect(judge(up, dead, back, end)).toMatchObject({ verdict: "fail", excuse: { latenessMs: 30_000 } });
});

describe("nothing to judge", () => {
  test("it never traded, or only once", () => {
    const seldom = [clientStarted("22:00"), both("22:04", "1")];
    expect(judge(clientStarted("22:00"), dead, end).verdict).toBe("not-applicable");
    expect(judge(seldom, dead, both("22:11", "2"), end).verdict).toBe("not-applicable");
  });
  test("it had left off before the fault", () => {
    const left = [clientStarted("22:00"), both("22:02", "1"), both("22:02:05", "2")];
    expect(judge(left, dead, end).verdict).toBe("not-applicable");
  });
  test("stopped right after the heal", () => expect(judge(up, dead, stopped("22:10:30")).verdict).toBe("unknown"));
});
