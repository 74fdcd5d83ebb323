import { expect, test } from "vitest";
import { minutes } from "../../../core/units.ts";
import { taken } from "../../../test/support/alert-journal.ts";
import { clientStarted, fault, journalOf, setting, stopped, type Lines } from "../../../test/support/journal.ts";
import { alertsOnce } from "./alerts-once.ts";

const judge = (...lines: Lines[]) =>
  alertsOnce({ within: minutes(6) }).judge(
    journalOf(clientStarted("22:00"), lines, stopped("22:40", "end-of-run")),
    setting,
  );
const wrong = fault("f1", { from: "22:05", landed: "22:06", to: "22:25" });

test("one in time passes", () => expect(judge(wrong, taken("22:07"))).toMatchObject({ verdict: "pass", measured: 1 }));
test("two fail", () =>
  expect(judge(wrong, taken("22:07"), taken("22:09"))).toMatchObject({ verdict: "fail", measured: 2 }));
test("none, or one that is late, fails", () => {
  expect(judge(wrong)).toMatchObject({ verdict: "fail", measured: 0 });
  expect(judge(wrong, taken("22:20")).verdict).toBe("fail");
});
test("where nothing was wrong for long nothing is known", () => expect(judge().verdict).toBe("unknown"));
