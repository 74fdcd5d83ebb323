/** A finished run as the page shows it: read from its folder, because there its journals are. */

import { readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { readStored } from "../../../core/journal/stored.ts";
import { JournalView } from "../../../core/journal/view.ts";
import { count, formatDuration } from "../../../core/units.ts";
import { trialsOf } from "../../evidence/trials.ts";
import { outcomesOf } from "../../runner/attempts.ts";
import type { PlannedRun } from "../../runner/plan.ts";
import type { RunResult, ScenarioResult } from "../../runner/result.ts";
import { excerptOf } from "./excerpt.ts";
import type { JournalModel, ReportModel, State } from "./model.ts";
import { linesOf, rowOf, stateOf, trialModel, type TrialInput } from "./trial-model.ts";

export interface Played {
  run: PlannedRun;
  result: ScenarioResult;
}

/** A report has to stay a file that one can send. */
const mostJournalBytes = 2_400_000;
const mostLogBytes = 800_000;
/** Marks of a lane and points of a curve over all trials, and of one. */
const mostMarks = { all: 12_000, one: 500, atLeast: 40 };

export async function reportModel(whole: RunResult, played: readonly Played[], folder: string): Promise<ReportModel> {
  const paths = [...new Set(played.flatMap(({ result }) => result.journal ?? []))];
  const most = Math.min(Math.max(Math.floor(mostMarks.all / played.length), mostMarks.atLeast), mostMarks.one);
  const trials = new Map<number, ReportModel["trials"][number]>();
  const journals: JournalModel[] = [];
  for (const path of paths) {
    // One after the other: a journal may be large.
    const sha256 = played.find(({ result }) => result.journal === path)?.result.journalSha256 ?? null;
    const read = await readStored(join(folder, path), sha256);
    // What is not as its run has written it proves nothing; its result is shown without.
    if (read.damage !== undefined) continue;
    const view = new JournalView(read.events);
    const wanted = new Set<number>();
    for (const [n, each] of played.entries()) {
      if (each.result.journal !== path) continue;
      const model = trialModel({ ...each, journal: ownJournal(view, each.result), place: journals.length }, most);
      trials.set(n, model);
      for (const line of linesOf(model)) wanted.add(line);
    }
    journals.push(await journalModel(folder, path, wanted, paths.length));
  }
  const unplayed = (each: Played): TrialInput => ({ ...each, journal: undefined, place: null });
  const all = played.map((each, n) => trials.get(n) ?? trialModel(unplayed(each), most));
  return {
    ...verdictOf(whole.results),
    facts: factsOf(whole),
    rows: [...new Set(whole.results.map(rowOf))],
    clients: [...new Set(whole.results.map(({ client }) => client))],
    trials: all.map((model, n) => ({ ...model, id: `t${n + 1}` })),
    journals,
  };
}

const ownJournal = (view: JournalView, { trial }: ScenarioResult): JournalView | undefined =>
  trial === null ? view : trialsOf(view).find((one) => one.trial === trial)?.journal;

async function journalModel(
  folder: string,
  path: string,
  wanted: ReadonlySet<number>,
  of: number,
): Promise<JournalModel> {
  const log = join(dirname(path), "client.log");
  const read = (name: string): Promise<string> => readFile(join(folder, name), "utf8").catch(() => "");
  return {
    journal: excerptOf(path, await read(path), wanted, mostJournalBytes / of),
    log: excerptOf(log, await read(log), new Set(), mostLogBytes / of),
  };
}

const severity: State[] = ["fail", "invalid", "unplayable", "unknown", "pass", "not-applicable"];

/** What is to be said first: how many came through, and of those that did not the first with its reason. */
function verdictOf(all: readonly ScenarioResult[]): Pick<ReportModel, "sentence" | "state"> {
  const outcomes = outcomesOf(all);
  const flaky = outcomes.filter((outcome) => outcome.flaky).length;
  const { state, sentence } = sentenceOf(outcomes.map(({ result }) => result));
  return flaky === 0
    ? { state, sentence }
    : {
        state: worseOf(state, "unknown"),
        sentence: `${sentence} Flaky: ${count(flaky, "trial")} passed only when played again.`,
      };
}

const worseOf = (a: State, b: State): State => (severity.indexOf(a) < severity.indexOf(b) ? a : b);

function sentenceOf(results: readonly ScenarioResult[]): Pick<ReportModel, "sentence" | "state"> {
  const state = severity.find((one) => results.some((result) => stateOf(result) === one)) ?? "not-applicable";
  const judged = results.filter((result) => stateOf(result) !== "not-applicable");
  const passed = judged.filter((result) => stateOf(result) === "pass").length;
  const clients = [...new Set(results.map(({ client }) => client))];
  if (judged.length === 0) return { state, sentence: `Nothing of what was asked applies to ${clients.join(", ")}.` };
  const share = `${passed} of ${count(judged.length, "trial")}`;
  const whole =
    clients.length === 1 ? `${clients[0] ?? ""} passes ${share}` : `${share} of ${clients.length} clients pass`;
  const worst = results.find((result) => stateOf(result) === state);
  if (state === "pass" || worst === undefined) return { state, sentence: `${whole}.` };
  const checks = worst.checks.filter(({ verdict }) => verdict === state).map(({ name }) => name);
  const why =
    checks.length > 0 ? `${state === "fail" ? "fails" : "could not be judged on"} ${checks.join(", ")}` : `is ${state}`;
  return { state, sentence: `${whole}. ${worst.client} ${why} in ${rowOf(worst)}.` };
}

const factsOf = ({ run }: RunResult): [string, string][] => [
  ["Run", run.id],
  ["Seed", run.seed],
  ["Commit", run.commit?.slice(0, 10) ?? "none"],
  ["Replayed", `${formatDuration(run.incidentMs)} in ${formatDuration(run.wallMs)}`],
  ["Proxy", run.environment.proxy],
  ["Clock", run.environment.time],
  ["Node", run.environment.node],
  ...(run.complete ? [] : [["Complete", "no: ended before everything was played"] as [string, string]]),
];
