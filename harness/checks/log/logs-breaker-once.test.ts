import { expect, test } from "vitest";
import { minutes } from "../../../core/units.ts";
import { webhookFault } from "../../../test/support/alert-journal.ts";
import { clientStarted, journalOf, setting, stopped, type Lines } from "../../../test/support/journal.ts";
import { printed } from "../../../test/support/log-journal.ts";
import { logsBreakerOnce } from "./logs-breaker-once.ts";

const judge = (...lines: Lines[]) =>
  logsBreakerOnce({ every: minutes(5) }).judge(
    journalOf(clientStarted("22:00"), lines, stopped("22:30", "end-of-run")),
    setting,
  );
const fault = webhookFault("22:02", "22:22");

test("a line for each change passes, also where it opens again after its pause", () => {
  const changes = [printed("22:04", "# the breaker is open"), printed("22:09", "# the breaker is half open")];
  expect(judge(fault, changes, printed("22:09:10", "# the breaker is open"))).toMatchObject({
    verdict: "pass",
    measured: 1,
  });
});

test("a line for each alert that is held back fails", () => {
  const skipped = ["22:04", "22:06", "22:08"].map((time) => printed(time, "# alert skipped: circuit breaker is open"));
  expect(judge(fault, skipped)).toMatchObject({ verdict: "fail", measured: 3 });
});

test("a client that names no breaker, and one whose webhook never failed, are not judged", () => {
  expect(judge(fault, printed("22:04", "# alert not delivered")).verdict).toBe("not-applicable");
  expect(judge(printed("22:04", "# the breaker is open")).verdict).toBe("unknown");
});
