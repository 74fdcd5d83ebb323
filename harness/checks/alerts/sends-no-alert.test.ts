import { expect, test } from "vitest";
import { taken } from "../../../test/support/alert-journal.ts";
import { clientStarted, fault, journalOf, setting, stopped, type Lines } from "../../../test/support/journal.ts";
import { sendsNoAlert } from "./sends-no-alert.ts";

const judge = (...lines: Lines[]) =>
  sendsNoAlert().judge(journalOf(clientStarted("22:00"), lines, stopped("22:40", "end-of-run")), setting);

test("none passes, one fails", () => {
  expect(judge()).toMatchObject({ verdict: "pass", measured: 0 });
  expect(judge(taken("22:07"))).toMatchObject({ verdict: "fail", measured: 1 });
});
test("where something was wrong it is not asked", () =>
  expect(judge(fault("f1", { from: "22:05", landed: "22:06", to: "22:25" }), taken("22:07")).verdict).toBe("unknown"));
