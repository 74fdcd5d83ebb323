/** All scenarios: the shipped ones, found by path, and the user's own from the config. */

import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { FiredrillError, unknownName } from "../../core/errors.ts";
import { loadFolder } from "../../core/load-folder.ts";
import type { Config } from "../config.ts";
import type { FoundScenario, Scenario } from "../scenario.ts";

export async function allScenarios(config: Config): Promise<FoundScenario[]> {
  const own = (config.scenarios ?? []).map(ownFolder);
  const folders = [new URL("../../scenarios/", import.meta.url), ...own];
  const loaded = await Promise.all(folders.map((folder) => loadFolder<Scenario>(folder)));
  return loaded.flat().map(({ value, file }) => ({ ...value, file }));
}

function ownFolder(folder: string): URL {
  const path = resolve(folder);
  if (existsSync(path)) return new URL(`${pathToFileURL(path).href}/`);
  throw new FiredrillError(
    `There is no folder ${path}, which "scenarios" of the config names. Correct it or create it.`,
  );
}

/**
 * Picks by id or glob (`*` and `?`); all of them where nothing is named.
 * @throws FiredrillError for a name that matches none.
 */
export function pickScenarios(
  scenarios: readonly FoundScenario[],
  names: readonly string[],
  grep?: string,
): FoundScenario[] {
  for (const name of names) {
    if (!scenarios.some(({ id }) => globMatches(name, id))) {
      throw new FiredrillError(
        unknownName(
          "scenario",
          name,
          scenarios.map(({ id }) => id),
        ),
      );
    }
  }
  const pattern = grep === undefined ? undefined : toRegExp(grep);
  return scenarios
    .filter(({ id }) => names.length === 0 || names.some((name) => globMatches(name, id)))
    .filter(({ id, title }) => pattern === undefined || pattern.test(`${id} ${title}`));
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
