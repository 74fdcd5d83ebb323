import { expect, test } from "vitest";
import { seconds } from "../../../core/units.ts";
import { attempt, taken, webhookFault } from "../../../test/support/alert-journal.ts";
import { clientStarted, journalOf, setting, stopped, type Lines } from "../../../test/support/journal.ts";
import { givesUpAlerts } from "./gives-up-alerts.ts";

const judge = (...lines: Lines[]) =>
  givesUpAlerts({ within: seconds(10) }).judge(
    journalOf(clientStarted("22:00"), webhookFault("22:02", "22:22"), lines, stopped("22:30", "end-of-run")),
    { ...setting, compression: 1 },
  );

test("given up in time passes, with the longest", () => {
  const two = [attempt("22:03:10", { tookMs: 10_010 }), attempt("22:04", { tookMs: 5_000 })];
  expect(judge(...two)).toMatchObject({ verdict: "pass", measured: 10_010 });
});

test("given up only after 30 s fails", () => {
  const { verdict, message } = judge(attempt("22:03:30", { tookMs: 30_000 }), attempt("22:04", { tookMs: 5_000 }));
  expect(verdict).toBe("fail");
  expect(message).toContain(
    "Expected reference to give up an alert that is not answered within 10 s; it gave one up after 30 s",
  );
});

test("one that was never given up is judged by how long it had been when the client ended", () => {
  expect(judge(attempt("22:30:01", { tookMs: 60_000, outcome: "unanswered" }))).toMatchObject({
    verdict: "fail",
    measured: 59_000,
  });
  expect(judge(attempt("22:30:01", { tookMs: 6_000, outcome: "unanswered" })).verdict).toBe("unknown");
});

test("what was answered late, reset by the webhook, or was no alert, was not given up", () => {
  const others = [
    attempt("22:04", { tookMs: 30_000, outcome: "answered", status: 204 }),
    attempt("22:05", { tookMs: 30_000, outcome: "reset" }),
    attempt("22:06", { tookMs: 30_000, method: "GET" }),
    taken("22:07"),
  ];
  expect(judge(...others).verdict).toBe("unknown");
});
