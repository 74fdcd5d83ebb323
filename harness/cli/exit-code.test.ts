import { expect, test } from "vitest";
import { noRecovery } from "../evidence/losses/recovery.ts";
import type { ResultVerdict, ScenarioResult } from "../runner/result.ts";
import { exitCodeOf } from "./exit-code.ts";

const result = (verdict: ResultVerdict | "invalid", n = 0): ScenarioResult => ({
  scenario: `s${n}`,
  trial: null,
  repeat: 1,
  attempt: 1,
  again: null,
  client: "c",
  verdict: verdict === "invalid" ? "unknown" : verdict,
  valid: verdict !== "invalid",
  reason: null,
  lacks: null,
  compression: 1,
  wallMs: 0,
  incidentMs: 0,
  proxy: "embedded",
  time: "preload",
  faults: [],
  recovery: noRecovery,
  alerts: null,
  checks: [],
  journal: null,
  journalSha256: null,
});

test.each<[number, (ResultVerdict | "invalid")[]]>([
  [0, ["pass"]],
  [0, ["pass", "not-applicable"]],
  [1, ["pass", "fail"]],
  [1, ["fail", "invalid", "unknown"]],
  [2, ["pass", "unknown"]],
  [2, ["pass", "unplayable"]],
  [2, ["not-applicable"]],
  [2, []],
  [3, ["pass", "invalid"]],
  [3, ["unknown", "invalid"]],
])("exit %i for %j", (code, verdicts) => {
  expect(exitCodeOf(verdicts.map((verdict, n) => result(verdict, n)))).toBe(code);
});

test("an invalid run's failed check blames nobody", () => {
  expect(exitCodeOf([{ ...result("fail"), valid: false }])).toBe(3);
});

test("what passes only when it is played again is a failure, unless that is allowed", () => {
  const flaky = [result("fail"), { ...result("pass"), attempt: 2 }];
  expect(exitCodeOf(flaky)).toBe(1);
  expect(exitCodeOf(flaky, { allowFlaky: true })).toBe(0);
  expect(exitCodeOf([...flaky, result("fail", 1)], { allowFlaky: true })).toBe(1);
  expect(exitCodeOf([result("pass"), { ...result("fail"), attempt: 2 }], { allowFlaky: true })).toBe(1);
});
