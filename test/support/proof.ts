/**
 * Scenarios replayed whole, with what they promise: the reference passes, each broken client is caught by the check that
 * is named. A verdict that contradicts a promise is a failure. What this machine was too busy to judge says so
 * (`unknown`) and contradicts nothing, but it proves nothing either, so it may only be little.
 */

import { expect } from "vitest";
import { allClients } from "../../harness/catalogue/clients.ts";
import { allScenarios, pickScenarios } from "../../harness/catalogue/scenarios.ts";
import { expectationOf, provingRuns } from "../../harness/runner/expectation.ts";
import { trialIds } from "../../harness/runner/plan.ts";
import type { ScenarioResult } from "../../harness/runner/result.ts";
import type { FoundScenario } from "../../harness/incident/scenario.ts";
import { clockAvailability } from "../../leap/index.ts";
import { firedrill, resultOf, scratch } from "./firedrill.ts";

/** With what a scenario is played. */
export interface Combination {
  proxy: "embedded" | "binary";
  time: "leap" | "preload" | "faketime" | "real";
}

/** The best that this machine has. */
export const best: Combination = {
  proxy: "embedded",
  time: (await clockAvailability()).available ? "leap" : "preload",
};

/** Twenty minutes: far more than any family takes, at half the speed too. */
export const patienceMs = 1_200_000;

/** One run in so many may be left unjudged, or one where there are fewer. */
const unjudgedOneIn = 10;

/**
 * @param names Scenarios, or trials of them: `stream-close-codes/1000`.
 * @param jobs How many at a time: a client that asks for much needs both cores.
 * @returns The folder of the runs.
 */
export async function proves(names: readonly string[], { proxy, time }: Combination, jobs: number): Promise<string> {
  const scenarios = pickScenarios(await allScenarios({}), names);
  const clients = await allClients({});
  const output = await scratch();
  const { stdout, stderr } = await firedrill(
    ["prove", ...names, "--proxy", proxy, "--time", time, "--jobs", String(jobs)].concat("--output", output),
  );
  const { results } = await resultOf(output).catch(() => {
    throw new Error(`prove ended without a result:\n${stdout}\n${stderr}`);
  });
  // The reference passes each trial; a broken client fails the one that it is for.
  const promised = scenarios
    .flatMap((scenario) => provingRuns(scenario, clients))
    .reduce((sum, { scenario }) => sum + (trialIds(scenario)?.length ?? 1), 0);
  expect(results).toHaveLength(promised);
  const broken = results.filter((result) => !kept(result, scenarios));
  const unjudged = broken.filter(({ valid, verdict }) => valid && verdict === "unknown");
  expect(broken.filter((result) => !unjudged.includes(result)).map(say)).toEqual([]);
  // On the clock that leaps a busy machine makes a replay slower, and nothing is left unjudged.
  const mayBe = time === "leap" ? 0 : Math.ceil(results.length / unjudgedOneIn);
  expect(unjudged.length, unjudged.map(say).join("\n")).toBeLessThanOrEqual(mayBe);
  return output;
}

function kept(result: ScenarioResult, scenarios: readonly FoundScenario[]): boolean {
  const scenario = scenarios.find(({ id }) => id === result.scenario);
  if (scenario === undefined) throw new Error(`nobody asked for ${result.scenario}`);
  const { holds, applicable } = expectationOf(scenario, result);
  return holds || !applicable;
}

function say({ scenario, trial, client, verdict, valid, reason, checks }: ScenarioResult): string {
  const why = checks.filter((check) => check.verdict === "fail" || check.verdict === "unknown");
  const messages = why.map(({ name, verdict: of, message }) => `${name} is ${of}: ${message}`);
  return [
    `${scenario}${trial === null ? "" : `/${trial}`} × ${client}: ${valid ? verdict : "invalid"}`,
    ...(reason === null ? [] : [reason]),
    ...messages,
  ].join("\n  ");
}
