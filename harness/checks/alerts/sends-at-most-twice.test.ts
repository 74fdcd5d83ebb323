import { expect, test } from "vitest";
import { taken, webhookFault } from "../../../test/support/alert-journal.ts";
import { clientStarted, journalOf, setting, stopped, type Lines } from "../../../test/support/journal.ts";
import { sendsAtMostTwice } from "./sends-at-most-twice.ts";

const judge = (...lines: Lines[]) =>
  sendsAtMostTwice().judge(
    journalOf(clientStarted("22:00"), webhookFault("22:02", "22:22"), lines, stopped("22:30", "end-of-run")),
    { ...setting, compression: 1 },
  );

test("twice passes, and so do other words", () => {
  expect(judge(taken("22:03"), taken("22:04"), taken("22:05", "signals"))).toMatchObject({
    verdict: "pass",
    measured: 2,
  });
});

test("three times fails, also with another time in it", () => {
  const { verdict, measured, message } = judge(taken("22:03", "A 1"), taken("22:04", "A 2"), taken("22:05", "A 33"));
  expect({ verdict, measured }).toEqual({ verdict: "fail", measured: 3 });
  expect(message).toContain('"A 33" was taken 3 times');
});

test("what was taken before or after says nothing", () => {
  expect(judge(taken("22:01"), taken("22:22:30"), taken("22:23"), taken("22:24")).verdict).toBe("unknown");
});
