/** Which scenario is played against which client, how often, and which part of it on this machine. */

import { FiredrillError } from "../../core/errors.ts";
import type { ClientSpec } from "../client/client-spec.ts";
import type { FoundScenario, Scenario } from "../scenario.ts";
import type { Pace } from "./pace.ts";

/** The name of a client that was given by its command alone. */
export const bareCommand = "command";

export interface PlannedRun {
  scenario: FoundScenario;
  client: ClientSpec;
  /** From 1; above 1 only with --repeat. */
  repeat: number;
}

export interface Plan {
  runs: readonly PlannedRun[];
  seed: string;
  proxy: string;
  time: string;
  pace: Pace;
}

export function pair(
  scenarios: readonly FoundScenario[],
  clients: readonly ClientSpec[],
  repeat: number,
): PlannedRun[] {
  return scenarios.flatMap((scenario) =>
    clients.flatMap((client) =>
      Array.from({ length: repeat }, (_, index) => ({ scenario, client, repeat: index + 1 })),
    ),
  );
}

/** About how long a scenario takes by the wall, without its start. */
export const wallMsOf = ({ clock }: Scenario): number =>
  (Date.parse(clock.end) - Date.parse(clock.start)) / clock.compression;

/** For several at a time: one that takes long and begins last is waited for while nothing else is left to do. */
export const longestFirst = (runs: readonly PlannedRun[]): PlannedRun[] =>
  runs.toSorted((a, b) => wallMsOf(b.scenario) - wallMsOf(a.scenario));

/** The i-th of n parts, dealt like cards so that each part gets long and short scenarios. */
export function shard(runs: readonly PlannedRun[], part: string | undefined): PlannedRun[] {
  if (part === undefined) return [...runs];
  const [, index, parts] = /^(\d+)\/(\d+)$/.exec(part)?.map(Number) ?? [];
  if (index === undefined || parts === undefined || index < 1 || index > parts) {
    throw new FiredrillError(`--shard "${part}" is not a part: give i/n with i from 1 to n, such as 1/3.`);
  }
  return runs.filter((_run, position) => position % parts === index - 1);
}

/** A name for folders and messages: `signal-close-1000 × reference`, with `#2` for a repeat. */
export const runName = ({ scenario, client, repeat }: PlannedRun): string =>
  `${scenario.id} × ${client.name}${repeat === 1 ? "" : ` #${repeat}`}`;

/** The command that plays a run again. */
export function rerunLine({ scenario, client }: PlannedRun, seed: string): string {
  const who = client.name === bareCommand ? `--command '${String(client.command)}'` : `--client ${client.name}`;
  return `npx firedrill run ${scenario.id} ${who} --seed ${seed}`;
}

/** A client that plays none of a scenario's roles has nothing to do there. */
export const plays = ({ scenario, client }: PlannedRun): boolean =>
  scenario.roles.some((role) => client.roles.includes(role));
