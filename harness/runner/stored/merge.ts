/**
 * Several runs as one, for shards: their results in one file and their journals in one folder, so that everything that
 * reads a run reads this one. A play that two of them have is a mistake, as nobody could say which one counts.
 */

import { cp, readdir } from "node:fs/promises";
import { dirname, join } from "node:path";
import { FiredrillError } from "../../../core/errors.ts";
import { runName } from "../plan.ts";
import { resultFile, type RunResult, type ScenarioResult } from "../result.ts";
import { plannedOf } from "./stored-plan.ts";

export interface StoredRun {
  folder: string;
  result: RunResult;
}

/** @throws FiredrillError where two have the same play. */
export function mergedResult(runs: readonly StoredRun[], id: string): RunResult {
  const results = runs.flatMap(({ result }) => result.results);
  refuseTwice(runs);
  const all = <T>(of: (run: RunResult["run"]) => T): T[] => [...new Set(runs.map(({ result }) => of(result.run)))];
  const commits = all(({ commit }) => commit);
  return {
    schema: "firedrill.result/2",
    run: {
      id,
      seed: all(({ seed }) => seed).join(","),
      commit: commits.length === 1 ? (commits[0] ?? null) : null,
      complete: runs.every(({ result }) => result.run.complete),
      // They ran beside each other.
      wallMs: Math.max(0, ...runs.map(({ result }) => result.run.wallMs)),
      incidentMs: runs.reduce((sum, { result }) => sum + result.run.incidentMs, 0),
      environment: {
        node: all(({ environment }) => environment.node).join(","),
        proxy: all(({ environment }) => environment.proxy).join(","),
        time: all(({ environment }) => environment.time).join(","),
        cores: Math.max(0, ...runs.map(({ result }) => result.run.environment.cores)),
      },
    },
    results,
  };
}

function refuseTwice(runs: readonly StoredRun[]): void {
  const seen = new Map<string, string>();
  for (const { folder, result } of runs) {
    for (const one of result.results) {
      const name = nameOf(one);
      const other = seen.get(name);
      if (other !== undefined) {
        throw new FiredrillError(
          `${other} and ${folder} both have ${name}, so it is not known which one counts. Merge parts of one run, as --shard 1/2 and --shard 2/2 play them.`,
        );
      }
      seen.set(name, folder);
    }
  }
}

function nameOf(result: ScenarioResult): string {
  const [planned] = plannedOf([result], []);
  return planned === undefined ? result.scenario : runName(planned.run, result.trial, result.attempt);
}

/** Copies what was played; reports of a part alone stay where they are. */
export async function mergeFolders(runs: readonly StoredRun[], output: string): Promise<void> {
  for (const { folder, result } of runs) {
    const plays = new Set(result.results.flatMap(({ journal }) => (journal === null ? [] : [dirname(journal)])));
    for (const play of plays) {
      const from = join(folder, play);
      // Of a play whose later trials have folders of their own, those are plays too.
      const files = (await readdir(from, { withFileTypes: true })).filter((entry) => entry.isFile());
      for (const { name } of files) {
        if (name !== resultFile) await cp(join(from, name), join(output, play, name));
      }
    }
  }
}
