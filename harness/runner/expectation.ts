/**
 * What a scenario promises of the shipped clients: the reference passes, and each broken client of `provenBy` fails on
 * the check named there. A promise is kept only by a valid run with exactly that verdict; where a run lacks what the
 * scenario needs, nothing was promised.
 */

import type { ClientSpec } from "../client/client-spec.ts";
import { pickClient } from "../catalogue/clients.ts";
import type { FoundScenario, Proof, Scenario } from "../incident/scenario.ts";
import { trialIds, type PlannedRun } from "./plan.ts";
import type { ScenarioResult } from "./result.ts";

export interface Expectation {
  scenario: string;
  trial: string | null;
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
  const reference = { scenario, client: pickClient(clients, "reference"), repeat: 1 };
  const meant = trialIds(scenario);
  const broken = Object.entries(scenario.provenBy).flatMap(([name, proof]) => {
    const { trial } = proofOf(proof);
    // Only the trial that it is to fail.
    const only = trial === null ? {} : { only: [trial] };
    if (trial !== null && meant?.includes(trial) === false) return [];
    return [{ scenario: { ...scenario, ...only }, client: pickClient(clients, name), repeat: 1 }];
  });
  return [reference, ...broken];
}

/** The check that a broken client is to fail, and of which trial. */
export const proofOf = (proof: Proof): { trial: string | null; check: string } =>
  typeof proof === "string" ? { trial: null, check: proof } : proof;

export function expectationOf(scenario: Scenario, result: ScenarioResult): Expectation {
  const { client, trial } = result;
  const proof = scenario.provenBy[client];
  const check = proof === undefined ? undefined : proofOf(proof).check;
  const failed = result.checks.filter(({ verdict }) => verdict === "fail").map(({ name }) => name);
  const seen = !result.valid ? "invalid" : failed.length > 0 ? `fails ${failed.join(", ")}` : result.verdict;
  const caught = check !== undefined && failed.includes(check);
  return {
    scenario: scenario.id,
    trial,
    client,
    wanted: check === undefined ? "pass" : `fails ${check}`,
    seen,
    holds: result.valid && (check === undefined ? result.verdict === "pass" : caught),
    applicable: result.lacks !== "run",
  };
}
