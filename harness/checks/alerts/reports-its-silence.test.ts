import { expect, test } from "vitest";
import { minutes } from "../../../core/units.ts";
import { attempt, taken, webhookFault } from "../../../test/support/alert-journal.ts";
import { clientStarted, journalOf, setting, stopped, type Lines } from "../../../test/support/journal.ts";
import { reportsItsSilence } from "./reports-its-silence.ts";

const judge = (...lines: Lines[]) =>
  reportsItsSilence({ within: minutes(6) }).judge(
    journalOf(clientStarted("22:00"), lines, stopped("22:40", "end-of-run")),
    setting,
  );
const fault = [webhookFault("22:02", "22:22"), attempt("22:03")].flat();

test.each([
  "2 failing\nalerts could not be delivered from 22:03 to 22:24",
  "circuit breaker was open for 20 min",
  "Webhook was down: 12 alerts held back",
  "Failed to send 7 alerts since 22:03",
])("%s says it", (text) => {
  expect(judge(fault, taken("22:24", text))).toMatchObject({ verdict: "pass", measured: 120_000 });
});

test("an alert that says nothing of it, and one that comes too late, fail", () => {
  expect(judge(fault, taken("22:24", "REST: failing since 22:03"))).toMatchObject({ verdict: "fail", measured: null });
  expect(judge(fault, taken("22:30", "alerts could not be delivered"))).toMatchObject({ verdict: "fail" });
});

test("a client that never tried has nothing to say", () => {
  expect(judge(webhookFault("22:02", "22:22"), taken("22:24")).verdict).toBe("unknown");
});
