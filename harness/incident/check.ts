/**
 * A check: journal -> a measurement against a target -> a verdict. Pure, so that a stored journal can be judged again.
 * One file in `checks/<subject>/` each, which exports a function from targets to a Check; `docs/checks.md` says how to write
 * one with the builders of `verdicts/`.
 */

import type { JournalEvent } from "../../core/journal/event.ts";
import { journalFile, lineNumber } from "../../core/journal/place.ts";
import type { JournalView } from "../../core/journal/view.ts";
import type { Endpoint } from "./endpoints.ts";

/** `unknown`: could not be judged. `not-applicable`: could not be observed, or is not this client's business. */
export type Verdict = "pass" | "fail" | "unknown" | "not-applicable";

/** A line of the journal that bears the judgement out. */
export interface EvidenceLine {
  file: typeof journalFile;
  /** As an editor counts them, from 1. */
  line: number;
  /** Incident ms since the start. */
  at: number;
  what: string;
}

export interface Judgement {
  verdict: Verdict;
  /** What was measured, in `unit`; null where nothing could be. */
  measured: number | null;
  /** What it had to hold, in `unit`. */
  target: number;
  unit: string;
  /** What was expected of whom, what was seen instead, when, and where to look. */
  message: string;
  evidence: EvidenceLine[];
  /** For a failure: how much lateness of this machine between two moments, in incident ms, could have caused it. */
  excuse?: { fromAt: number; toAt: number; latenessMs: number };
}

/** What a check may know besides the journal: how the run was set up, for words and dates. */
export interface Setting {
  client: string;
  startMs: number;
  compression: number;
  /** The client's time provider. */
  time: string;
  timezone: string;
  symbols: readonly string[];
  /** An incident moment as the reports write it: local time, day where needed. */
  date(atMs: number): string;
}

/** What a check of streams may be asked of; the public stream where none is named. */
export interface EndpointOption {
  endpoint?: Endpoint;
}

export interface Check {
  name: string;
  /** What it asks, as `firedrill list` shows it. */
  asks: string;
  /** The most time that it gives the client for something, incident ms; undefined where it holds it to no time. */
  limitMs?: number | undefined;
  /** The figures that it was given, by the names of its options. */
  targets?: Targets;
  /** The same with other figures, which a client's config may hold it to. */
  retargeted?: (targets: Targets) => Check;
  judge(journal: JournalView, setting: Setting): Judgement;
}

export type Targets = Readonly<Record<string, number>>;

/** Gives a check its types, where none of the builders in `verdicts/` fits. */
export const check = (definition: Check): Check => definition;

/** A check that a scenario asks twice, as of two streams: the second has to have a name of its own. */
export function called(name: string, check: Check): Check {
  const { retargeted } = check;
  return {
    ...{ ...check, name },
    ...(retargeted === undefined ? {} : { retargeted: (targets: Targets) => called(name, retargeted(targets)) }),
  };
}

export const lineOf = (event: JournalEvent, what: string): EvidenceLine => ({
  ...{ file: journalFile, line: lineNumber(event), at: event.at, what },
});
