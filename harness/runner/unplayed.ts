/** The results of runs of which there is no journal to judge. */

import { dirname, relative, resolve, sep } from "node:path";
import { noRecovery } from "../evidence/losses/recovery.ts";
import { trialIds, type PlannedRun } from "./plan.ts";
import type { ScenarioResult } from "./result.ts";
import type { FoundPlay } from "./stored/stored-run.ts";

const nothing = {
  repeat: 1,
  attempt: 1,
  again: null,
  verdict: "not-applicable",
  valid: true,
  lacks: null,
  compression: 1,
  wallMs: 0,
  incidentMs: 0,
  time: "none",
  faults: [],
  recovery: noRecovery,
  alerts: null,
  checks: [],
  journal: null,
  journalSha256: null,
} satisfies Partial<ScenarioResult>;

/** A run that was not begun, or never came to its end: of each of its trials. */
export const notPlayed = ({ scenario, client }: PlannedRun, proxy: string, reason: string): ScenarioResult[] =>
  (trialIds(scenario) ?? [null]).map((trial) => ({
    ...nothing,
    scenario: scenario.id,
    trial,
    client: client.name,
    lacks: "client",
    reason,
    proxy,
  }));

/** A run that was ended from outside: what had been played by then stands, and nothing is known of the rest. */
export const cutShort = (
  run: PlannedRun,
  proxy: string,
  { message, played }: { message: string; played: readonly ScenarioResult[] },
): ScenarioResult[] => [
  ...played,
  ...notPlayed(run, proxy, message)
    .filter(({ trial }) => !played.some((one) => one.trial === trial))
    .map((one): ScenarioResult => ({ ...one, verdict: "unknown", valid: false, lacks: null })),
];

/** A journal that is not what its run has written: each result that was recorded of it, or one named by where it is. */
export const unjudged = ({ path, root, recorded }: FoundPlay, reason: string): ScenarioResult[] =>
  (recorded.length === 0 ? [{ ...nothing, ...namesOf(path, root), proxy: "none" }] : recorded).map(
    ({ scenario, trial, client, repeat, attempt, again, compression, proxy }) => ({
      ...nothing,
      ...{ scenario, trial, client, repeat, attempt, again, compression, proxy },
      verdict: "unknown",
      valid: false,
      reason,
    }),
  );

/** `<root>/<scenario>/<client>/journal.ndjson`, and with a folder more that of a trial. */
function namesOf(path: string, root: string): Pick<ScenarioResult, "scenario" | "trial" | "client"> {
  const below = relative(root, dirname(path)).split(sep);
  const [scenario = "", client = "", trial = null] =
    below.length > 1 ? below : resolve(dirname(path)).split(sep).slice(-2);
  return { scenario, trial, client };
}
