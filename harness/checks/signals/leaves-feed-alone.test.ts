import { expect, test } from "vitest";
import {
  clientStarted,
  closed,
  fault,
  journalOf,
  opened,
  setting,
  stopped,
  type Lines,
} from "../../../test/support/journal.ts";
import { leavesFeedAlone } from "./leaves-feed-alone.ts";

const judge = (...lines: Lines[]) =>
  leavesFeedAlone().judge(journalOf(clientStarted("22:00"), lines, stopped("22:30", "end-of-run")), setting);
const up = opened("22:00:01", "signal-1");

test("one connection all the time passes", () => expect(judge(up)).toMatchObject({ verdict: "pass", measured: 0 }));

test("closed and dialled anew fails", () => {
  const seen = judge(up, closed("22:06", "signal-1", { by: "client" }), opened("22:06:01", "signal-2"));
  expect(seen).toMatchObject({ verdict: "fail", measured: 2 });
  expect(seen.message).toContain("it closed signal-1, which was well,");
});

test("who has two from its start on passes; who dials a second one later fails", () => {
  expect(judge(up, opened("22:00:05", "signal-2")).verdict).toBe("pass");
  expect(judge(up, opened("22:06", "signal-2"))).toMatchObject({ verdict: "fail", measured: 1 });
});

test("where a fault took it, or it never was, nothing is known", () => {
  expect(judge(up, fault("f1", { from: "22:05", landed: "22:05", to: "22:06" })).verdict).toBe("unknown");
  expect(judge().verdict).toBe("unknown");
});
