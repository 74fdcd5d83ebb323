import { expect, test } from "vitest";
import { outcomesOf } from "./attempts.ts";
import type { PlannedRun } from "./plan.ts";
import type { ScenarioResult } from "./result.ts";
import { withRetries } from "./retries.ts";

const result = (trial: string | null, attempt: number, verdict: ScenarioResult["verdict"]): ScenarioResult =>
  ({ scenario: "night", trial, client: "bot", repeat: 1, attempt, verdict, valid: true }) as ScenarioResult;
const run = { scenario: { id: "night" }, client: { name: "bot" }, repeat: 1 } as unknown as PlannedRun;

test("only the trials that did not pass are played again, and no more often than that", async () => {
  const asked: (readonly string[] | undefined)[] = [];
  const results = await withRetries(run, 3, ({ scenario }, attempt) => {
    asked.push(scenario.only);
    if (attempt === 1) return Promise.resolve([result("a", 1, "pass"), result("b", 1, "fail"), result("c", 1, "fail")]);
    return Promise.resolve((scenario.only ?? []).map((id) => result(id, attempt, id === "b" ? "pass" : "fail")));
  });
  expect(asked).toEqual([undefined, ["b", "c"], ["c"], ["c"]]);
  expect(results).toHaveLength(3 + 2 + 1 + 1);
  expect(
    outcomesOf(results).map(({ result: { trial, verdict }, attempts, flaky }) => [
      trial,
      verdict,
      attempts.length,
      flaky,
    ]),
  ).toEqual([
    ["a", "pass", 1, false],
    ["b", "pass", 2, true],
    ["c", "fail", 4, false],
  ]);
});

test("without retries, and where it is not applicable, it is played once", async () => {
  let plays = 0;
  const play = (verdict: ScenarioResult["verdict"]) => (_run: PlannedRun, attempt: number) => {
    plays += 1;
    return Promise.resolve([result(null, attempt, verdict)]);
  };
  await withRetries(run, 0, play("fail"));
  await withRetries(run, 5, play("not-applicable"));
  expect(plays).toBe(2);
});
