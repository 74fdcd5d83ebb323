import { expect, test } from "vitest";
import type { Verdict } from "../check.ts";
import { noRecovery } from "../runner/recovery.ts";
import type { ScenarioResult } from "../runner/result.ts";
import { exitCodeOf } from "./exit-code.ts";

const result = (verdict: Verdict | "invalid"): ScenarioResult => ({
  scenario: "s",
  client: "c",
  verdict: verdict === "invalid" ? "unknown" : verdict,
  valid: verdict !== "invalid",
  reason: null,
  compression: 1,
  wallMs: 0,
  incidentMs: 0,
  proxy: "embedded",
  time: "preload",
  faults: [],
  recovery: noRecovery,
  checks: [],
});

test.each<[number, (Verdict | "invalid")[]]>([
  [0, ["pass"]],
  [0, ["pass", "not-applicable"]],
  [1, ["pass", "fail"]],
  [1, ["fail", "invalid", "unknown"]],
  [2, ["pass", "unknown"]],
  [2, ["not-applicable"]],
  [2, []],
  [3, ["pass", "invalid"]],
  [3, ["unknown", "invalid"]],
])("exit %i for %j", (code, verdicts) => {
  expect(exitCodeOf(verdicts.map(result))).toBe(code);
});

test("an invalid run's failed check blames nobody", () => {
  expect(exitCodeOf([{ ...result("fail"), valid: false }])).toBe(3);
});
