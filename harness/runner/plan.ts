/** Which scenario is played against which client, how often, and which part of it on this machine. */

import { createHash } from "node:crypto";
import { join } from "node:path";
import { FiredrillError } from "../../core/errors.ts";
import { redactCommand } from "../../core/secrets.ts";
import type { ClientSpec } from "../client/client-spec.ts";
import { playsIn } from "../incident/roles.ts";
import type { FoundScenario, Scenario } from "../incident/scenario.ts";
import type { SuiteClock } from "../client/time/choose.ts";

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
  suiteClock: SuiteClock;
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

/** How long a scenario is by its own clock; of two the longer one takes longer by the wall, by and large. */
export const incidentMsOf = ({ clock }: Scenario): number => Date.parse(clock.end) - Date.parse(clock.start);

/** For several at a time: one that takes long and begins last is waited for while nothing else is left to do. */
export const longestFirst = (runs: readonly PlannedRun[]): PlannedRun[] =>
  runs.toSorted((a, b) => incidentMsOf(b.scenario) - incidentMsOf(a.scenario));

/** The i-th of n parts, dealt like cards so that each part gets long and short scenarios. */
export function shard(runs: readonly PlannedRun[], part: string | undefined): PlannedRun[] {
  if (part === undefined) return [...runs];
  const [, index, parts] = /^(\d+)\/(\d+)$/.exec(part)?.map(Number) ?? [];
  if (index === undefined || parts === undefined || index < 1 || index > parts) {
    throw new FiredrillError(`--shard "${part}" is not a part: give i/n with i from 1 to n, such as 1/3.`);
  }
  return runs.filter((_run, position) => position % parts === index - 1);
}

/** The trials that a run is of; undefined where its scenario has none. */
export const trialIds = ({ trials, only }: FoundScenario): string[] | undefined =>
  trials?.map(({ id }) => id).filter((id) => only?.includes(id) ?? true);

/** A name for messages: `signal-close-1000 × reference`, with `#2` for a repeat, `(attempt 2)` for a retry. */
export const runName = ({ scenario, client, repeat }: PlannedRun, trial: string | null = null, attempt = 1): string =>
  `${scenario.id}${trial === null ? "" : `/${trial}`} × ${client.name}${repeat === 1 ? "" : ` #${repeat}`}${attempt === 1 ? "" : ` (attempt ${attempt})`}`;

/** The longest name that every file system takes, less what is added to it. */
const longestName = 200;

/**
 * A name that stands for one thing alone and stays within its folder, whatever it was made of: `broken/x` is `broken+x`,
 * and what is neither a letter, a digit, `.`, `_` nor `-` is its bytes in hex.
 */
function fileName(name: string): string {
  const hex = (text: string): string => `=${Buffer.from(text).toString("hex")}=`;
  if (name === "") return "==";
  const safe = name.replace(/^\.+|[^\w./-]+/g, hex).replaceAll("/", "+");
  if (safe.length <= longestName) return safe;
  return `${safe.slice(0, longestName)}=${createHash("sha256").update(name).digest("hex").slice(0, 12)}=`;
}

/** Where a run's files are, below the folder of all: `signal-close-1000/broken+x`, with `@2` for a repeat. */
const folderOf = ({ scenario, client, repeat }: PlannedRun): string =>
  join(fileName(scenario.id), `${fileName(client.name)}${repeat === 1 ? "" : `@${repeat}`}`);

/** @throws FiredrillError where two runs would write to one folder, on a file system that is not strict about case too. */
export function foldersOf(runs: readonly PlannedRun[]): ReadonlyMap<PlannedRun, string> {
  const taken = new Map<string, PlannedRun>();
  return new Map(
    runs.map((run) => {
      const folder = folderOf(run);
      const other = taken.get(folder.toLowerCase());
      if (other !== undefined) {
        throw new FiredrillError(
          `${runName(run)} and ${runName(other)} would write to one folder, ${folder}. Name each once and differently in more than case; to play a run more than once, use --repeat.`,
        );
      }
      taken.set(folder.toLowerCase(), run);
      return [run, folder];
    }),
  );
}

/** The command that plays a run again, for a shell. A secret in the client's own command is not shown. */
export function rerunLine({ scenario, client }: PlannedRun, seed: string, trial: string | null = null): string {
  const what = `${scenario.id}${trial === null ? "" : `/${trial}`}`;
  const who =
    client.name === bareCommand
      ? `--command ${shellWord(redactCommand(String(client.command)))}${rolesText(client)}`
      : `--client ${shellWord(client.name)}`;
  return `npx firedrill run ${shellWord(what)} ${who} --seed ${shellWord(seed)}`;
}

const rolesText = ({ roles, undeclared }: ClientSpec): string =>
  undeclared === true ? "" : roles.map((role) => ` --role ${shellWord(role)}`).join("");

/** As a POSIX shell reads it as one word. */
const shellWord = (text: string): string =>
  /^[\w./:@%+,-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;

/** Whether the client has anything to do in the scenario. */
export const plays = ({ scenario, client }: PlannedRun): boolean => playsIn(scenario, client.roles);
