import { expect, test } from "vitest";
import { seconds } from "../../../core/units.ts";
import { clientStarted, journalOf, line, setting, stopped, type Lines } from "../../../test/support/journal.ts";
import { asksSparingly } from "./asks-sparingly.ts";

const judge = (...lines: Lines[]) =>
  asksSparingly({ every: seconds(2) }).judge(journalOf(clientStarted("22:00"), lines, stopped("22:30", "end-of-run")), {
    ...setting,
    compression: 1,
    time: "leap",
  });
const asks = (time: string, connection = "signal-1", request = "get_signals") =>
  line(time, "signal.request", { connection, request, answered: true });

test("every two seconds passes, on another connection and for something else sooner", () => {
  const lines = [asks("22:05"), asks("22:05:02"), asks("22:05:02.5", "signal-2"), asks("22:05:03", "signal-1", "ping")];
  expect(judge(lines)).toMatchObject({ verdict: "pass", measured: 0 });
});

test("twice a second fails", () => {
  expect(judge(asks("22:05"), asks("22:05:00.5"), asks("22:05:01"))).toMatchObject({ verdict: "fail", measured: 2 });
});

test("who never asks shows nothing", () => expect(judge(asks("22:05", "signal-1", "ping")).verdict).toBe("unknown"));
