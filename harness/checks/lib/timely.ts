/**
 * The judgement of something that has to follow an occasion within a time, each time that there was one: the one that
 * took longest is told. That it never came is no matter of a late machine; that it came too late may be.
 */

import type { JournalEvent } from "../../../core/journal/event.ts";
import { formatDuration } from "../../../core/units.ts";
import { evidence, type Judgement } from "../../check.ts";

export interface Occasion {
  /** The line that shows it, and what that line tells. */
  event: JournalEvent;
  what: string;
  /** From when on the time counts. */
  at: number;
  /** Incident ms until it followed; Infinity where it never did. */
  afterMs: number;
}

export interface TimelyWords<O> {
  within: number;
  /** Where there was no occasion. */
  unjudged: string;
  passed(worst: O): string;
  /** `Expected … within …, at …`, without an end. */
  expected(worst: O): string;
  /** What was seen where it never followed. */
  never?(worst: O): string;
}

export function judgeTimely<O extends Occasion>(occasions: readonly O[], words: TimelyWords<O>): Judgement {
  const { within } = words;
  const shape = { target: within, unit: "ms" };
  const worst = occasions.toSorted((a, b) => b.afterMs - a.afterMs)[0];
  if (worst === undefined) {
    return { ...shape, verdict: "unknown", measured: null, message: words.unjudged, evidence: [] };
  }
  const { event, what, at, afterMs } = worst;
  const proof = [evidence(event, what)];
  if (afterMs === Infinity) {
    const message = `${words.expected(worst)}; ${words.never?.(worst) ?? "it never did"}. See journal line ${event.seq}.`;
    return { ...shape, verdict: "fail", measured: null, message, evidence: proof };
  }
  const measured = Math.round(afterMs);
  if (afterMs <= within) {
    return { ...shape, verdict: "pass", measured, message: words.passed(worst), evidence: proof };
  }
  const message = `${words.expected(worst)}; it took ${formatDuration(measured)}. See journal line ${event.seq}.`;
  const excuse = { fromAt: at, toAt: at + afterMs, latenessMs: afterMs - within };
  return { ...shape, verdict: "fail", measured, message, evidence: proof, excuse };
}
