import { expect, test } from "vitest";
import { seconds } from "../../../core/units.ts";
import { taken, webhookFault } from "../../../test/support/alert-journal.ts";
import { restFault } from "../../../test/support/rest-journal.ts";
import { clientStarted, journalOf, setting, stopped, type Lines } from "../../../test/support/journal.ts";
import { alertsRecovery } from "./alerts-recovery.ts";

const judge = (...lines: Lines[]) =>
  alertsRecovery({ within: seconds(60) }).judge(
    journalOf(clientStarted("22:00"), lines, stopped("22:30", "end-of-run")),
    { ...setting, compression: 1 },
  );
const fault = restFault("f1", "22:02", "22:04");
const begun = taken("22:02:10", "exchange REST: failing");

test("over, with how long it took, passes", () => {
  expect(judge(fault, begun, taken("22:04:30", "exchange REST: resolved after 2 min 5 s"))).toMatchObject({
    verdict: "pass",
    measured: seconds(30),
  });
  expect(judge(fault, begun, taken("22:04:30", "vorbei nach 00:02:05")).verdict).toBe("pass");
});

test("never, too late, or without how long it took, fails", () => {
  expect(judge(fault, begun).verdict).toBe("fail");
  expect(judge(fault, begun, taken("22:05:30", "over after 2 min"))).toMatchObject({ measured: seconds(90) });
  expect(judge(fault, begun, taken("22:04:30", "exchange REST: failing")).verdict).toBe("fail");
});

test("who reported no incident has none to report as over", () => {
  expect(judge(fault, taken("22:04:30", "over after 2 min")).verdict).toBe("unknown");
  expect(judge(webhookFault("22:02", "22:04"), begun).verdict).toBe("unknown");
});
