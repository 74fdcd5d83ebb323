import { expect, test } from "vitest";
import { clientStarted, journalOf, line, setting, stopped, type Lines } from "../../../test/support/journal.ts";
import { printed } from "../../../test/support/log-journal.ts";
import { quietLog } from "./quiet-log.ts";

const settled = line("22:01", "client.settled", { connections: {}, topics: {}, polled: [], roles: [] });
const judge = (...lines: Lines[]) =>
  quietLog({ atMost: 100 }).judge(journalOf(clientStarted("22:00"), lines, stopped("23:05", "end-of-run")), setting);

test("a hundred lines in an hour pass, and one more fails, whatever they say", () => {
  const hundred = [printed("22:30", "a", 60, 40_000), printed("22:40", "b", 40, 40_000)];
  expect(judge(settled, hundred)).toMatchObject({ verdict: "pass", measured: 100 });
  expect(judge(settled, hundred, printed("22:50", "c"))).toMatchObject({ verdict: "fail", measured: 101 });
  expect(judge(settled, hundred, printed("22:50", null, 7))).toMatchObject({ verdict: "fail", measured: 107 });
});

test("what it printed as it started is not counted, and less than an hour says nothing", () => {
  expect(judge(printed("22:00:30", "a", 500, 1_000), settled, printed("22:30", "b"))).toMatchObject({ measured: 1 });
  const late = line("22:30", "client.settled", { connections: {}, topics: {}, polled: [], roles: [] });
  expect(judge(late, printed("22:40", "b")).verdict).toBe("unknown");
});
