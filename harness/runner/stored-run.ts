/**
 * A finished run on disk: `result.json` and the journals below it. A folder of one play inside a run is a run of that
 * play alone, so that two clients of the same run can be told apart.
 */

import { readdir, readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { FiredrillError } from "../../core/errors.ts";
import { readJournal } from "../../core/journal/stored.ts";
import type { JournalView } from "../../core/journal/view.ts";
import { journalFile } from "./play.ts";
import type { RunResult, ScenarioResult } from "./result.ts";
import { resultFile } from "./suite.ts";

export interface StoredPlay {
  result: ScenarioResult;
  journal: JournalView;
}

/** Its journals, in the order of their paths. @throws FiredrillError where there is none. */
export async function journalsIn(run: string): Promise<string[]> {
  if (run.endsWith(".ndjson")) return [run];
  const entries = await readdir(run, { recursive: true, withFileTypes: true }).catch((error: unknown) => {
    throw new FiredrillError(`There is no run at ${run}. Runs are in .firedrill/, the newest is .firedrill/latest.`, {
      cause: error,
    });
  });
  const found = entries
    .filter(({ name }) => name === journalFile)
    .map(({ parentPath }) => join(parentPath, journalFile));
  if (found.length === 0) {
    throw new FiredrillError(
      `There is no ${journalFile} below ${run}. Give a run's folder, such as ${join(dirname(run), "latest")}.`,
    );
  }
  return found.toSorted();
}

/** What was played in a run, each with its journal and the result that was given then. */
export async function readPlays(run: string): Promise<StoredPlay[]> {
  const paths = await journalsIn(run);
  const { results } = await readResult(run);
  const plays = await Promise.all(
    paths.map(async (path) => {
      const journal = await readJournal(path);
      const started = journal.first("run.started");
      const of = results.filter(({ scenario, client }) => scenario === started?.scenario && client === started.client);
      const [result] = of;
      if (result === undefined) {
        throw new FiredrillError(`${path} is not in the ${resultFile} of its run. Run the scenario again.`);
      }
      return { path, journal, result };
    }),
  );
  const keys = plays.map(({ result: { scenario, client } }) => `${scenario} × ${client}`);
  const twice = keys.find((key, index) => keys.indexOf(key) !== index);
  if (twice !== undefined) {
    throw new FiredrillError(
      `${run} holds ${twice} more than once, so it is not known which one is meant. Give the folder of one, such as ${dirname(paths[keys.indexOf(twice)] ?? run)}.`,
    );
  }
  return plays.map(({ result, journal }) => ({ result, journal }));
}

/** The result is in the run's own folder; a play's is two below. */
async function readResult(run: string): Promise<RunResult> {
  const start = run.endsWith(".ndjson") ? dirname(run) : run;
  const folders = [start, dirname(start), dirname(dirname(start))];
  for (const folder of folders) {
    const text = await readFile(join(folder, resultFile), "utf8").catch(() => undefined);
    if (text === undefined) continue;
    try {
      return JSON.parse(text) as RunResult;
    } catch (error) {
      throw new FiredrillError(`${join(folder, resultFile)} is no JSON. Run the scenario again.`, { cause: error });
    }
  }
  throw new FiredrillError(
    `There is no ${resultFile} for ${run}: that run did not finish. Run the scenario again, or judge its journal with firedrill judge.`,
  );
}
