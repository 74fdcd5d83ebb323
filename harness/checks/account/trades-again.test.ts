import { describe, expect, test } from "vitest";
import { seconds } from "../../../core/units.ts";
import { clientStarted, journalOf, order, setting, stopped, type Lines } from "../../../test/support/journal.ts";
import { outage } from "../../../test/support/stream-journal.ts";
import { tradesAgain } from "./trades-again.ts";

const judge = (...lines: Lines[]) => tradesAgain({ within: seconds(90) }).judge(journalOf(...lines), setting);
const up = [clientStarted("22:00"), order("22:04", "1"), order("22:04", "2", "ETHUSDT")];
const dead = outage("fault-1", "22:05", "22:10");
const end = stopped("22:20", "end-of-run");

test("every symbol again in time passes, measured at the slowest", () => {
  const back = [order("22:10:05", "3"), order("22:10:40", "4", "ETHUSDT")];
  expect(judge(up, dead, back, end)).toMatchObject({ verdict: "pass", measured: 40_000 });
});

test("a symbol that is not traded any more fails", () => {
  const seen = judge(up, dead, order("22:10:05", "3"), end);
  expect(seen).toMatchObject({ verdict: "fail", measured: null });
  expect(seen.message).toContain("to trade ETHUSDT again within 1 min 30 s");
});

test("late is late, and says what would excuse it", () => {
  const back = [order("22:10:05", "3"), order("22:12", "4", "ETHUSDT")];
  expect(judge(up, dead, back, end)).toMatchObject({ verdict: "fail", excuse: { latenessMs: 30_000 } });
});

describe("nothing to judge", () => {
  test("it never traded", () => expect(judge(clientStarted("22:00"), dead, end).verdict).toBe("unknown"));
  test("stopped right after the heal", () => expect(judge(up, dead, stopped("22:10:30")).verdict).toBe("unknown"));
});
