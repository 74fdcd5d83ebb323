/** All scenarios: the shipped ones, found by path, and the user's own from the config. */

import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { FiredrillError, unknownName } from "../../core/errors.ts";
import { loadFolder, modulesIn } from "../../core/load-folder.ts";
import type { Config } from "../config.ts";
import { checkedRoles } from "../incident/roles.ts";
import type { FoundScenario, Scenario } from "../incident/scenario.ts";
import { loadOwnScenario } from "./own-scenario.ts";

export async function allScenarios(config: Config): Promise<FoundScenario[]> {
  const shipped = await loadFolder<Scenario>(new URL("../../scenarios/", import.meta.url));
  const own = (await Promise.all((config.scenarios ?? []).map(ownFolder).map(modulesIn))).flat();
  const found = shipped.map(({ value, file }) => ({ ...value, file }));
  // One after the other: where one ends the process, it is known which.
  for (const file of own) found.push({ ...(await loadOwnScenario(file)), file });
  checkIds(found);
  const checked = found.map((each) => {
    const of = `The scenario ${each.id}`;
    checkedRoles(each.requires ?? [], of);
    return { ...each, roles: checkedRoles(each.roles, of) };
  });
  checked.forEach(checkTrials);
  return checked;
}

/** What a command line and a file system take as they are. */
const idShape = /^[a-z\d][\w.-]{0,99}$/i;

function checkIds(found: readonly FoundScenario[]): void {
  const files = new Map<string, string>();
  for (const { id, file } of found) {
    if (!idShape.test(id)) {
      throw new FiredrillError(
        `The scenario of ${file} has the id "${id}". Allowed are up to 100 letters, digits, ".", "_" and "-", the first a letter or a digit. Rename it.`,
      );
    }
    const other = files.get(id.toLowerCase());
    if (other !== undefined) {
      throw new FiredrillError(`The scenarios of ${other} and ${file} have the same id "${id}". Rename one.`);
    }
    files.set(id.toLowerCase(), file);
  }
}

function checkTrials({ id, file, play, trials }: FoundScenario): void {
  if ((play === undefined) === (trials === undefined)) {
    throw new FiredrillError(
      `The scenario ${id} of ${file} has ${play === undefined ? 'neither "play" nor "trials"' : 'both "play" and "trials"'}. Give it one of them.`,
    );
  }
  const ids = trials?.map((one) => one.id) ?? [];
  const wrong = ids.find((one, n) => !idShape.test(one) || ids.indexOf(one) !== n);
  if (wrong !== undefined) {
    throw new FiredrillError(
      `The scenario ${id} of ${file} has a trial with the id "${wrong}". It has to be its only one, of letters, digits, ".", "_" and "-". Rename it.`,
    );
  }
}

function ownFolder(folder: string): URL {
  const path = resolve(folder);
  if (existsSync(path)) return new URL(`${pathToFileURL(path).href}/`);
  throw new FiredrillError(
    `There is no folder ${path}, which "scenarios" of the config names. Correct it or create it.`,
  );
}

/**
 * Picks by id or glob (`*` and `?`), `SCENARIO` or `SCENARIO/TRIAL`; all of them where nothing is named.
 * @throws FiredrillError for a name that matches none.
 */
export function pickScenarios(
  scenarios: readonly FoundScenario[],
  names: readonly string[],
  grep?: string,
): FoundScenario[] {
  for (const name of names) if (!scenarios.some((one) => isMeant(name, one))) throw unknown(name, scenarios);
  const pattern = grep === undefined ? undefined : toRegExp(grep);
  return scenarios
    .filter((one) => names.length === 0 || names.some((name) => isMeant(name, one)))
    .map((one) => ({ ...one, ...onlyOf(names, one) }))
    .filter(({ id, title }) => pattern === undefined || pattern.test(`${id} ${title}`));
}

const tagsOf = ({ tags = [], roles, report }: Scenario): string[] => [
  ...tags,
  ...roles,
  ...(report === "" ? [] : [`report-${report.toLowerCase()}`]),
];

/**
 * Those with one of these tags; a scenario's roles and its report (`report-b`) are tags too.
 * @throws FiredrillError for a tag that no scenario of these has.
 */
export function pickTagged(scenarios: readonly FoundScenario[], tags: readonly string[] | undefined): FoundScenario[] {
  if (tags === undefined) return [...scenarios];
  const known = [...new Set(scenarios.flatMap(tagsOf))].sort();
  for (const tag of tags) if (!known.includes(tag)) throw new FiredrillError(unknownName("tag", tag, known));
  return scenarios.filter((one) => tagsOf(one).some((tag) => tags.includes(tag)));
}

const partsOf = (name: string): [scenario: string, trial: string | undefined] => {
  const [scenario = "", ...rest] = name.split("/");
  return [scenario, rest.length === 0 ? undefined : rest.join("/")];
};

const idsOf = ({ trials = [] }: Scenario): string[] => trials.map(({ id }) => id);

/** Whether `SCENARIO` or `SCENARIO/TRIAL` means it, or a trial of it. */
function isMeant(name: string, scenario: Scenario): boolean {
  const [id, trial] = partsOf(name);
  return (
    globMatches(id, scenario.id) && (trial === undefined || idsOf(scenario).some((one) => globMatches(trial, one)))
  );
}

/** The trials that the names mean, where none means the whole scenario. */
function onlyOf(names: readonly string[], scenario: Scenario): Pick<FoundScenario, "only"> {
  const meant = names.filter((name) => isMeant(name, scenario)).map((name) => partsOf(name)[1]);
  if (meant.length === 0 || meant.includes(undefined)) return {};
  return { only: idsOf(scenario).filter((id) => meant.some((glob = "") => globMatches(glob, id))) };
}

function unknown(name: string, scenarios: readonly FoundScenario[]): FiredrillError {
  const [id, trial] = partsOf(name);
  const known = scenarios.find((one) => one.id === id);
  if (trial !== undefined && known !== undefined)
    return new FiredrillError(unknownName(`trial of ${id}`, trial, idsOf(known)));
  return new FiredrillError(
    unknownName(
      "scenario",
      name,
      scenarios.map((one) => one.id),
    ),
  );
}

function globMatches(glob: string, id: string): boolean {
  const source = glob
    .replace(/[.+^${}()|[\]\\]/g, "\\$&")
    .replace(/\*/g, ".*")
    .replace(/\?/g, ".");
  return new RegExp(`^${source}$`).test(id);
}

function toRegExp(source: string): RegExp {
  try {
    return new RegExp(source, "i");
  } catch {
    throw new FiredrillError(`--grep "${source}" is not a regular expression. Escape its special characters with \\.`);
  }
}
