/**
 * A finished run on disk: `result.json` and the journals below it. A folder of one play inside a run is a run of that
 * play alone, so that two clients of the same run can be distinguished. A journal counts as what its run has written only
 * where the run's result holds its hash.
 */

import { readdir, readFile } from "node:fs/promises";
import { dirname, join, relative, resolve, sep } from "node:path";
import { FiredrillError } from "../../../core/errors.ts";
import { journalFile } from "../../../core/journal/place.ts";
import { damageText, readStored } from "../../../core/journal/stored.ts";
import { JournalView } from "../../../core/journal/view.ts";
import { trialsOf } from "../../evidence/trials.ts";
import { resultFile, resultSchema, type RunResult, type ScenarioResult } from "../result.ts";

export interface StoredPlay {
  result: ScenarioResult;
  journal: JournalView;
}

/** A play of a run as it is found: with its journal, or with why there is none that could be judged. */
export interface FoundPlay {
  path: string;
  /** The folder of its run, as far as it is known. */
  root: string;
  /** What its run has recorded of it, each of its trials; nothing where the run was ended before. */
  recorded: readonly ScenarioResult[];
  found: JournalView | { damage: string };
}

/** Its journals, in the order of their paths. @throws FiredrillError where there is no such folder or file. */
async function journalsIn(run: string): Promise<string[]> {
  if (run.endsWith(".ndjson")) return [run];
  const entries = await readdir(run, { recursive: true, withFileTypes: true }).catch((error: unknown) => {
    throw new FiredrillError(`There is no run at ${run}. Runs are in .firedrill/, the newest is .firedrill/latest.`, {
      cause: error,
    });
  });
  return entries
    .filter(({ name }) => name === journalFile)
    .map(({ parentPath }) => join(parentPath, journalFile))
    .toSorted();
}

/**
 * Everything that was played in a run and everything that its folder holds, so that a journal which was removed is
 * missed, and one which is not the run's is found. @throws FiredrillError where there is neither.
 */
export async function findPlays(run: string): Promise<FoundPlay[]> {
  const stored = await readResult(run);
  const root = stored?.folder ?? run;
  const recorded = Map.groupBy(
    (stored?.result.results ?? []).filter(({ journal }) => journal !== null && isWithin(join(root, journal), run)),
    ({ journal }) => join(root, journal ?? ""),
  );
  const paths = [...new Set([...(await journalsIn(run).catch(orNone(recorded.size))), ...recorded.keys()])];
  if (paths.length === 0) {
    throw new FiredrillError(
      `There is no ${journalFile} below ${run}. Give a run's folder, such as ${join(dirname(run), "latest")}.`,
    );
  }
  return Promise.all(
    paths.toSorted().map(async (path) => {
      const of = recorded.get(path) ?? [];
      return { path, root, recorded: of, found: await findJournal(path, of, stored === undefined) };
    }),
  );
}

/** A file that the result names and that is gone is missing; where nothing is named, nothing is there. */
const orNone =
  (recorded: number) =>
  (error: unknown): string[] => {
    if (recorded > 0) return [];
    throw error;
  };

const isWithin = (path: string, folder: string): boolean =>
  resolve(path) === resolve(folder) || !relative(folder, path).split(sep).includes("..");

async function findJournal(
  path: string,
  recorded: readonly ScenarioResult[],
  noResult: boolean,
): Promise<FoundPlay["found"]> {
  const read = await readStored(path, recorded[0]?.journalSha256 ?? null).catch((error: unknown) => {
    if (recorded.length === 0) throw error;
    return { damage: { text: "it is gone" } };
  });
  if (read.damage !== undefined) return { damage: damageText(path, read.damage.text) };
  if (recorded.length > 0) return new JournalView(read.events);
  const why = noResult
    ? `there is no ${resultFile} that holds its hash`
    : `the ${resultFile} of its run does not name it`;
  return { damage: damageText(path, `${why}: the run did not finish, or the file is from elsewhere`) };
}

/** What was played in a run, each with its journal and the result that was given then. */
export async function readPlays(run: string): Promise<StoredPlay[]> {
  const plays = await findPlays(run);
  if ((await readResult(run)) === undefined) {
    throw new FiredrillError(`There is no ${resultFile} for ${run}: that run did not finish. Run the scenario again.`);
  }
  const read = plays.flatMap(resultsOf);
  const keys = read.map(({ result }) => playName(result));
  const twice = keys.findIndex((key, index) => keys.indexOf(key) !== index);
  if (twice !== -1) {
    const first = read[keys.indexOf(keys[twice] ?? "")]?.path ?? run;
    throw new FiredrillError(
      `${run} holds ${keys[twice] ?? ""} more than once, so it is not known which one is meant. Give the folder of one, such as ${dirname(first)}.`,
    );
  }
  return read.map(({ journal, result }) => ({ journal, result }));
}

/** Each trial of a play, or the play as a whole. */
function resultsOf({ path, recorded, found }: FoundPlay): (StoredPlay & { path: string })[] {
  if (recorded.length === 0) {
    throw new FiredrillError(`${path} is not in the ${resultFile} of its run. Run the scenario again.`);
  }
  if (!(found instanceof JournalView)) throw new FiredrillError(found.damage);
  const trials = trialsOf(found);
  return recorded.map((result) => {
    if (result.trial === null) return { path, journal: found, result };
    const own = trials.find(({ trial }) => trial === result.trial);
    if (own === undefined) {
      throw new FiredrillError(
        `${path} has no trial ${result.trial}, which the ${resultFile} of its run names. Run the scenario again.`,
      );
    }
    return { path, journal: own.journal, result };
  });
}

/** `stream-close-codes/1012 × reference`. */
export const playName = ({ scenario, trial, client }: ScenarioResult): string =>
  `${scenario}${trial === null ? "" : `/${trial}`} × ${client}`;

/** The result is in the run's own folder; a play's is two below, and that of a trial on a fresh client three. */
export async function readResult(run: string): Promise<{ folder: string; result: RunResult } | undefined> {
  const start = run.endsWith(".ndjson") ? dirname(run) : run;
  const folders = [start, dirname(start), dirname(dirname(start)), dirname(dirname(dirname(start)))];
  for (const folder of folders) {
    const text = await readFile(join(folder, resultFile), "utf8").catch(() => undefined);
    if (text === undefined) continue;
    try {
      return { folder, result: resultSchema.parse(JSON.parse(text)) };
    } catch (error) {
      throw new FiredrillError(`${join(folder, resultFile)} is no result of a run. Run the scenario again.`, {
        cause: error,
      });
    }
  }
  return undefined;
}
