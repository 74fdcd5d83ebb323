/** The runs that a stored result is of, as reporters get them when they are played. */

import type { FoundScenario } from "../../incident/scenario.ts";
import type { PlannedRun } from "../plan.ts";
import type { ScenarioResult } from "../result.ts";

/** A scenario that is not here any more keeps its name; what else a report says of it, it cannot. */
const gone = (id: string): FoundScenario => ({
  ...{ id, report: "", title: "This scenario is not here any more.", roles: [], expect: [], provenBy: {}, file: "" },
  clock: { start: new Date(0).toISOString(), end: new Date(1).toISOString(), timezone: "UTC" },
});

export function plannedOf(
  results: readonly ScenarioResult[],
  scenarios: readonly FoundScenario[],
): { run: PlannedRun; result: ScenarioResult }[] {
  const known = new Map(scenarios.map((each) => [each.id, each]));
  return results.map((result) => ({
    result,
    run: {
      scenario: known.get(result.scenario) ?? gone(result.scenario),
      client: { name: result.client, summary: "", roles: [], command: "" },
      repeat: result.repeat,
    },
  }));
}
