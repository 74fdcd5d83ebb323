/** What a reporter is: one file in `reporters/`, by default export. It shows results; it never judges. */

import type { JournalEvent } from "../../core/journal/event.ts";
import type { PlannedRun, Plan } from "../runner/plan.ts";
import type { RunResult, ScenarioResult } from "../runner/result.ts";

export interface Reporter {
  started?(plan: Plan): void;
  /** Something happened in a run. `startMs` turns its `at` into a date. */
  event?(run: PlannedRun, event: JournalEvent, startMs: number): void;
  finished?(run: PlannedRun, result: ScenarioResult): void;
  /** Everything is done. */
  ended?(result: RunResult, output: string): Promise<void> | void;
}

export interface ReporterKind {
  name: string;
  create(): Reporter;
}
