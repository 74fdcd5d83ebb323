import { expect, test } from "vitest";
import { taken, webhookFault } from "../../../test/support/alert-journal.ts";
import { clientStarted, journalOf, setting, stopped, type Lines } from "../../../test/support/journal.ts";
import { restFault } from "../../../test/support/rest-journal.ts";
import { fewAlerts } from "./few-alerts.ts";

const judge = (of: "incident" | "backlog", ...lines: Lines[]) =>
  fewAlerts({ atMost: 2, of }).judge(journalOf(clientStarted("22:00"), lines, stopped("22:30", "end-of-run")), {
    ...setting,
    compression: 1,
  });
const faults = [restFault("f1", "22:02", "22:04"), restFault("f2", "22:12", "22:14")];

test("two for each incident pass, three fail", () => {
  const four = ["22:02:10", "22:04:10", "22:12:10", "22:14:10"].map((time) => taken(time));
  expect(judge("incident", ...faults, ...four)).toMatchObject({ verdict: "pass", measured: 2 });
  expect(judge("incident", ...faults, ...four, taken("22:15"))).toMatchObject({ verdict: "fail", measured: 3 });
});

test("faults that land within a minute are one incident", () => {
  const second = restFault("f2", "22:02:30", "22:04");
  expect(
    judge("incident", faults[0] ?? [], second, taken("22:02:10"), taken("22:02:40"), taken("22:04:10")),
  ).toMatchObject({ verdict: "fail", measured: 3 });
});

test("of a backlog, what comes after the webhook is back counts", () => {
  const back = webhookFault("22:02", "22:22");
  expect(judge("backlog", back, taken("22:03"), taken("22:23"), taken("22:24"))).toMatchObject({ measured: 2 });
  expect(judge("backlog", back, taken("22:23"), taken("22:24"), taken("22:25")).verdict).toBe("fail");
});

test("who sent nothing says nothing", () => {
  expect(judge("incident", ...faults).verdict).toBe("unknown");
});
