/** The lanes of what was done to the client and how it came back: faults from arming to healing, losses step by step. */

import { formatDuration } from "../../../core/units.ts";
import { faultText } from "../../incident/fault.ts";
import type { Evidence } from "../evidence.ts";
import { armedOf } from "../faults.ts";
import type { Loss } from "../losses/loss.ts";
import { moment, span, type Unplaced } from "./marks.ts";

export const faultMarks = ({ journal }: Evidence): Unplaced[] =>
  armedOf(journal).flatMap(({ armed, landed, healed }) => {
    const what = `${faultText(armed)} on ${armed.endpoint}`;
    const proof = landed === undefined ? undefined : journal.line(landed.proof);
    const seen = [armed, proof, landed, healed].filter((event) => event !== undefined);
    const tone = armed.harmless === true ? "plain" : landed === undefined ? "warn" : "bad";
    const state = landed === undefined ? `${what}, never landed` : what;
    const whole = span(armed.at, healed?.at ?? journal.endMs, state, tone, ...seen);
    return landed === undefined ? [whole] : [whole, moment(landed.at, `landed: ${landed.evidence}`, tone, landed)];
  });

type Step = [at: number | null, what: string];

/** Each loss as bars in a row: from one step to the next that was seen. */
export const recoveryMarks = (evidence: Evidence): Unplaced[] =>
  evidence.losses().flatMap((loss) => stepsOf(loss, evidence.journal.endMs));

function stepsOf({ at, what, how, event, steps }: Loss, endMs: number): Unplaced[] {
  const all: Step[] = [
    [steps.detectedAt, "detected"],
    [steps.openedAt, "reconnected"],
    [steps.authenticatedAt, "authenticated"],
    [steps.resubscribedAt, "resubscribed"],
    [steps.fedAt, "first fresh data"],
    [steps.backAt, "back"],
  ];
  const seen = all
    .filter((step): step is [number, string] => step[0] !== null && step[0] >= at)
    .toSorted(([a], [b]) => a - b);
  const bars = seen.map(([until, step], n) => {
    const from = seen[n - 1]?.[0] ?? at;
    const words = `${what} (${how}): ${step} after ${formatDuration(until - at)}`;
    return span(from, until, words, step === "back" ? "good" : "warn", event);
  });
  if (steps.backAt !== null) return bars;
  const last = seen.at(-1)?.[0] ?? at;
  return [...bars, span(last, Math.max(endMs, last), `${what} (${how}): never back`, "bad", event)];
}
