import { expect, test } from "vitest";
import { attempt, webhookFault } from "../../../test/support/alert-journal.ts";
import { clientStarted, journalOf, setting, stopped, type Lines } from "../../../test/support/journal.ts";
import { boundsAttempts } from "./bounds-attempts.ts";

const judge = (...lines: Lines[]) =>
  boundsAttempts().judge(
    journalOf(clientStarted("22:00"), webhookFault("22:02", "22:22"), lines, stopped("22:30", "end-of-run")),
    { ...setting, compression: 1 },
  );
const times = ["22:03:10", "22:03:21", "22:03:36", "22:03:51", "22:04:06"];
const failed = { outcome: "answered", status: 500 } as const;

test("two that time out, and four that are answered 500, pass", () => {
  expect(judge(times.slice(0, 2).map((time) => attempt(time)))).toMatchObject({ verdict: "pass", measured: 2 });
  expect(judge(times.slice(0, 4).map((time) => attempt(time, failed)))).toMatchObject({ verdict: "pass", measured: 4 });
});

test("three with a timeout, and five, fail", () => {
  expect(judge(times.slice(0, 3).map((time) => attempt(time)))).toMatchObject({ verdict: "fail", target: 2 });
  expect(judge(times.map((time) => attempt(time, failed)))).toMatchObject({ verdict: "fail", target: 4 });
});

test("other alerts are others, and outside of a fault nothing failed", () => {
  expect(judge(times.map((time) => attempt(time, { text: time }))).verdict).toBe("pass");
  expect(judge(attempt("22:25", failed)).verdict).toBe("unknown");
});
