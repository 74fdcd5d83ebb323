/**
 * What a scenario promises of the shipped clients: the reference passes, and each broken client of `provenBy` fails on
 * the check named there. A promise is kept only by a valid run with exactly that verdict; where a run lacks what the
 * scenario needs, nothing was promised.
 */

import type { ClientSpec } from "../client/client-spec.ts";
import { pickClient } from "../catalogue/clients.ts";
import type { FoundScenario, Scenario } from "../scenario.ts";
import type { PlannedRun } from "./plan.ts";
import type { ScenarioResult } from "./result.ts";

export interface Expectation {
  scenario: string;
  client: string;
  /** `pass`, or `fails <check>`. */
  wanted: string;
  seen: string;
  holds: boolean;
  /** False where the run lacked what the scenario needs: then it neither holds nor does not. */
  applicable: boolean;
}

/** The runs that prove a scenario: the reference first. */
export function provingRuns(scenario: FoundScenario, clients: readonly ClientSpec[]): PlannedRun[] {
  return ["reference", ...Object.keys(scenario.provenBy)].map((name) => ({
    scenario,
    client: pickClient(clients, name),
    repeat: 1,
  }));
}

export function expectationOf(scenario: Scenario, result: ScenarioResult): Expectation {
  const { client } = result;
  const check = scenario.provenBy[client];
  const failed = result.checks.filter(({ verdict }) => verdict === "fail").map(({ name }) => name);
  const seen = !result.valid ? "invalid" : failed.length > 0 ? `fails ${failed.join(", ")}` : result.verdict;
  const caught = check !== undefined && failed.includes(check);
  return {
    scenario: scenario.id,
    client,
    wanted: check === undefined ? "pass" : `fails ${check}`,
    seen,
    holds: result.valid && (check === undefined ? result.verdict === "pass" : caught),
    applicable: !(result.valid && result.verdict === "not-applicable" && result.reason !== null),
  };
}
