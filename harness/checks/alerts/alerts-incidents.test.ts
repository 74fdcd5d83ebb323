import { expect, test } from "vitest";
import { seconds } from "../../../core/units.ts";
import { taken, webhookFault } from "../../../test/support/alert-journal.ts";
import { clientStarted, journalOf, setting, stopped, type Lines } from "../../../test/support/journal.ts";
import { restFault } from "../../../test/support/rest-journal.ts";
import { alertsIncidents } from "./alerts-incidents.ts";

const judge = (...lines: Lines[]) =>
  alertsIncidents({ within: seconds(60), named: /REST/ }).judge(
    journalOf(clientStarted("22:00"), lines, stopped("22:30", "end-of-run")),
    { ...setting, compression: 1 },
  );
const fault = restFault("f1", "22:02", "22:04");

test("reported in time passes", () => {
  expect(judge(fault, taken("22:02:10"))).toMatchObject({ verdict: "pass", measured: seconds(10) });
});

test("too late, of something else, or never, fails", () => {
  expect(judge(fault, taken("22:03:30"))).toMatchObject({ verdict: "fail", measured: seconds(90) });
  expect(judge(fault, taken("22:02:10", "signals")).verdict).toBe("fail");
  expect(judge(fault, taken("22:01:10")).verdict).toBe("fail");
});

test("a fault of the webhook is no incident", () => {
  expect(judge(webhookFault("22:02", "22:04")).verdict).toBe("unknown");
});
