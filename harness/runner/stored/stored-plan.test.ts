import { expect, test } from "vitest";
import type { FoundScenario } from "../../incident/scenario.ts";
import type { ScenarioResult } from "../result.ts";
import { plannedOf } from "./stored-plan.ts";

test("a stored result is of its scenario, its client and its repeat; a scenario that is gone keeps its name", () => {
  const here = { id: "here", title: "Here" } as FoundScenario;
  const result = (scenario: string) => ({ scenario, client: "bot", repeat: 2 }) as ScenarioResult;
  const runs = plannedOf([result("here"), result("was-here")], [here]);
  expect(runs.map(({ run }) => [run.scenario.id, run.scenario.title, run.client.name, run.repeat])).toEqual([
    ["here", "Here", "bot", 2],
    ["was-here", "This scenario is not here any more.", "bot", 2],
  ]);
});
