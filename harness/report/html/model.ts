/** What the page gets: all that it shows, and nothing that it would have to judge. Times are incident ms of the journal. */

import type { Timeline } from "../../evidence/timeline/marks.ts";
import type { Verdict } from "../../incident/check.ts";
import type { ResultVerdict } from "../../runner/result.ts";

export type State = ResultVerdict | "invalid";

export interface CheckModel {
  name: string;
  verdict: Verdict;
  /** `1.3 s`; null where nothing was measured. */
  measured: string | null;
  target: string;
  message: string;
  evidence: { line: number; at: number; what: string }[];
}

export interface StoryLine {
  at: number;
  what: string;
  /** The journal's; null where it is of the original incident. */
  line: number | null;
}

export interface TrialModel {
  id: string;
  /** `stream-close-codes/1012`, a row of the matrix. */
  row: string;
  client: string;
  title: string;
  report: string;
  state: State;
  reason: string | null;
  again: string | null;
  facts: string;
  checks: CheckModel[];
  /** Null where there is no journal to draw. */
  timeline: Timeline | null;
  /** Epoch ms of the journal's first moment. */
  startMs: number;
  timezone: string;
  original: StoryLine[];
  story: StoryLine[];
  /** Its place in `journals`. */
  journal: number | null;
}

/** Lines of a file: gzip of `number<TAB>line`, in base64. */
export interface Excerpt {
  path: string;
  packed: string;
  lines: number;
  total: number;
}

export interface JournalModel {
  journal: Excerpt;
  log: Excerpt;
}

export interface ReportModel {
  sentence: string;
  state: State;
  facts: [name: string, value: string][];
  rows: string[];
  clients: string[];
  trials: TrialModel[];
  journals: JournalModel[];
}
