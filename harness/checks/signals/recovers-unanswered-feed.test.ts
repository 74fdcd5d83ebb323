import { expect, test } from "vitest";
import { minutes } from "../../../core/units.ts";
import { clientStarted, journalOf, line, opened, setting, stopped, type Lines } from "../../../test/support/journal.ts";
import { recoversUnansweredFeed } from "./recovers-unanswered-feed.ts";

const judge = (...lines: Lines[]) =>
  recoversUnansweredFeed({ within: minutes(6) }).judge(
    journalOf(clientStarted("22:00"), opened("22:00:01", "signal-1"), lines, stopped("22:30", "end-of-run")),
    { ...setting, compression: 1 },
  );
const asks = (time: string, answered: boolean) =>
  line(time, "signal.request", { connection: "signal-1", request: "get_signals", answered });

test("a new connection in time passes", () => {
  expect(judge(asks("22:05", false), opened("22:05:40", "signal-2"))).toMatchObject({
    verdict: "pass",
    measured: 40_000,
  });
});
test("none, and one that comes late, fails", () => {
  expect(judge(asks("22:05", false))).toMatchObject({ verdict: "fail", measured: null });
  expect(judge(asks("22:05", false), opened("22:20", "signal-2")).verdict).toBe("fail");
});
test("where all was answered nothing is known", () => expect(judge(asks("22:05", true)).verdict).toBe("unknown"));
