/** One result with its journal, as the page shows it. */

import type { JournalView } from "../../../core/journal/view.ts";
import { lineNumber } from "../../../core/journal/place.ts";
import { Evidence } from "../../evidence/evidence.ts";
import { evenly } from "../../evidence/timeline/marks.ts";
import { timelineOf } from "../../evidence/timeline/timeline.ts";
import { settingOf } from "../../runner/judge.ts";
import type { PlannedRun } from "../../runner/plan.ts";
import type { CheckResult, ScenarioResult } from "../../runner/result.ts";
import { narrate } from "../narration.ts";
import { inUnit, replayed } from "../style.ts";
import type { CheckModel, State, StoryLine, TrialModel } from "./model.ts";

export const stateOf = ({ verdict, valid }: Pick<ScenarioResult, "verdict" | "valid">): State =>
  valid ? verdict : "invalid";

export const rowOf = ({ scenario, trial, attempt }: ScenarioResult): string =>
  `${scenario}${trial === null ? "" : `/${trial}`}${attempt > 1 ? ` (attempt ${attempt})` : ""}`;

const mostStoryLines = 200;

export interface TrialInput {
  run: PlannedRun;
  result: ScenarioResult;
  /** Of the trial alone; undefined where nothing was played. */
  journal: JournalView | undefined;
  /** Its place among the report's journals. */
  place: number | null;
}

export function trialModel({ run, result, journal, place }: TrialInput, most: number): TrialModel {
  const { scenario } = run;
  const started = journal?.first("run.started");
  const evidence =
    journal === undefined || started === undefined ? undefined : new Evidence(journal, settingOf(started));
  const startMs = Date.parse(started?.start ?? scenario.clock.start);
  const fromAt = Math.max(evidence?.startMs() ?? 0, 0);
  return {
    ...{ id: "", row: rowOf(result), client: result.client, title: scenario.title, report: scenario.report },
    ...{ state: stateOf(result), reason: result.reason, again: result.again },
    facts: `${replayed(result)}, proxy ${result.proxy}, time ${result.time}`,
    checks: result.checks.map((check) => checkModel(check, result.trial === null ? 0 : fromAt)),
    timeline: evidence === undefined ? null : timelineOf(evidence, most),
    ...{ startMs, timezone: started?.timezone ?? scenario.clock.timezone },
    original: (scenario.original ?? []).map(({ at, what }) => ({ at: Date.parse(at) - startMs, what, line: null })),
    story: journal === undefined ? [] : storyOf(journal, fromAt),
    journal: evidence === undefined ? null : place,
  };
}

/** Of a trial the result counts from its start, the journal from its own. */
const checkModel = (check: CheckResult, fromAt: number): CheckModel => ({
  ...{ name: check.name, verdict: check.verdict, message: check.message },
  measured: check.measured === null ? null : inUnit(check.measured, check.unit),
  target: inUnit(check.target, check.unit),
  evidence: check.evidence.map(({ line, at, what }) => ({ line, at: at + fromAt, what })),
});

const storyOf = (journal: JournalView, fromAt: number): StoryLine[] =>
  evenly(
    journal.events.flatMap((event) => {
      const what = event.at < fromAt ? undefined : narrate(event);
      return what === undefined ? [] : [{ at: event.at, what, line: lineNumber(event) }];
    }),
    mostStoryLines,
  ).slice();

/** What the page can lead to, which its journal's excerpt therefore has to hold. */
export const linesOf = ({ checks, timeline, story }: TrialModel): number[] => [
  ...checks.flatMap(({ evidence }) => evidence.map(({ line }) => line)),
  ...story.flatMap(({ line }) => line ?? []),
  ...(timeline?.lanes.flatMap(({ marks }) => marks.flatMap(({ lines }) => lines)) ?? []),
];
