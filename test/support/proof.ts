/**
 * Scenarios replayed whole, with what they promise: the reference passes, each broken client is caught by the check that
 * is named. A verdict that contradicts a promise is a failure. What this machine was too busy to judge says so
 * (`unknown`) and contradicts nothing, but it proves nothing either, so it may only be little.
 */

import { expect } from "vitest";
import { allScenarios } from "../../harness/catalogue/scenarios.ts";
import { expectationOf } from "../../harness/runner/expectation.ts";
import type { ScenarioResult } from "../../harness/runner/result.ts";
import type { FoundScenario } from "../../harness/scenario.ts";
import { firedrill, resultOf, scratch } from "./firedrill.ts";
import { available } from "./requirements.ts";

/** Each engine and each provider of this machine is in one of them; all four pairs are `firedrill prove`'s to play. */
export const combinations = [
  { proxy: "embedded", time: "preload", everyNth: 1 },
  // A sample is enough to see that an engine or a provider does something else; CI has its time as well.
  ...(available("toxiproxy") && available("faketime") ? [{ proxy: "binary", time: "faketime", everyNth: 3 }] : []),
];

/** Twenty minutes: far more than any family takes, at half the speed too. */
export const patienceMs = 1_200_000;

/** One run in so many may be left unjudged, or one where there are fewer. */
const unjudgedOneIn = 10;

/**
 * @param jobs How many at a time: a client that asks for much needs both cores.
 * @returns The folder of the runs.
 */
export async function proves(
  all: readonly FoundScenario[],
  { proxy, time, everyNth }: (typeof combinations)[number],
  jobs: number,
): Promise<string> {
  const scenarios = all.filter((_, n) => n % everyNth === 0);
  expect(scenarios).not.toEqual([]);
  const output = await scratch();
  const ids = scenarios.map(({ id }) => id);
  const { stdout, stderr } = await firedrill(
    ["prove", ...ids, "--proxy", proxy, "--time", time, "--jobs", String(jobs)].concat("--output", output),
  );
  const { results } = await resultOf(output).catch(() => {
    throw new Error(`prove ended without a result:\n${stdout}\n${stderr}`);
  });
  const promised = scenarios.reduce((sum, { provenBy }) => sum + 1 + Object.keys(provenBy).length, 0);
  expect(results).toHaveLength(promised);
  const broken = results.filter((result) => !kept(result, scenarios));
  const unjudged = broken.filter(({ valid, verdict }) => valid && verdict === "unknown");
  expect(broken.filter((result) => !unjudged.includes(result)).map(say)).toEqual([]);
  expect(unjudged.length, unjudged.map(say).join("\n")).toBeLessThanOrEqual(Math.ceil(results.length / unjudgedOneIn));
  return output;
}

/** The scenarios in which a client plays one of these roles. */
export const playedBy = async (...wanted: string[]): Promise<FoundScenario[]> =>
  (await allScenarios({})).filter(({ roles }) => roles.some((role) => wanted.includes(role)));

function kept(result: ScenarioResult, scenarios: readonly FoundScenario[]): boolean {
  const scenario = scenarios.find(({ id }) => id === result.scenario);
  if (scenario === undefined) throw new Error(`nobody asked for ${result.scenario}`);
  const { holds, applicable } = expectationOf(scenario, result);
  return holds || !applicable;
}

function say({ scenario, client, verdict, valid, reason, checks }: ScenarioResult): string {
  const why = checks.filter((check) => check.verdict === "fail" || check.verdict === "unknown");
  const messages = why.map(({ name, verdict: of, message }) => `${name} is ${of}: ${message}`);
  return [
    `${scenario} × ${client}: ${valid ? verdict : "invalid"}`,
    ...(reason === null ? [] : [reason]),
    ...messages,
  ].join("\n  ");
}
