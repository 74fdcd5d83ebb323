/** What a reporter is: one file in `reporters/`, by default export. It shows results; it never judges. */

import type { JournalEvent } from "../../core/journal/event.ts";
import type { PlannedRun, Plan } from "./plan.ts";
import type { RunResult, ScenarioResult } from "./result.ts";

export interface Reporter {
  started?(plan: Plan): void;
  /** Something happened in a run. `startMs` turns its `at` into a date. */
  event?(run: PlannedRun, event: JournalEvent, startMs: number): void;
  finished?(run: PlannedRun, result: ScenarioResult): void;
  /** Everything is done. */
  ended?(result: RunResult, output: string): Promise<void> | void;
}

/** Where a reporter prints. */
export interface ReportOutput {
  /** The first reporter of a run owns stdout; what the others print becomes their file. */
  isStdout: boolean;
  print: (text: string) => void;
}

export interface ReporterKind {
  name: string;
  /** What its output is called in the folder of the run. */
  file: string;
  /** Something to open, not to read in a terminal: always a file, and never the owner of stdout. */
  document?: boolean;
  create(output: ReportOutput): Reporter;
}
