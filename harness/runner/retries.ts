/** A run, and again what of it did not pass (`--retries`): of a scenario with trials only those. Every attempt is kept. */

import { isWorthAnother } from "./attempts.ts";
import type { PlannedRun } from "./plan.ts";
import type { ScenarioResult } from "./result.ts";

export async function withRetries(
  run: PlannedRun,
  retries: number,
  play: (run: PlannedRun, attempt: number) => Promise<ScenarioResult[]>,
): Promise<ScenarioResult[]> {
  const all = await play(run, 1);
  let open = all.filter(isWorthAnother);
  for (let attempt = 2; attempt <= retries + 1 && open.length > 0; attempt += 1) {
    const again = await play({ ...run, scenario: { ...run.scenario, ...onlyOf(open) } }, attempt);
    all.push(...again);
    open = again.filter(isWorthAnother);
  }
  return all;
}

function onlyOf(results: readonly ScenarioResult[]): { only?: string[] } {
  const trials = results.flatMap(({ trial }) => trial ?? []);
  return trials.length === 0 ? {} : { only: trials };
}
