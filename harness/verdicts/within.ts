/** After each occasion something has to follow within a time, or not before one: `within(…)` makes the check of it. */

import type { JournalEvent } from "../../core/journal/event.ts";
import { formatDuration } from "../../core/units.ts";
import type { Evidence } from "../evidence/evidence.ts";
import type { EvidenceLine } from "../incident/check.ts";
import { judgeCases, type Case } from "./judge-cases.ts";
import type { Excuse } from "./lateness.ts";
import { question, type CheckOf, type Question } from "./question.ts";

export interface Occasion {
  /** The line that shows it, and what that line shows: "the server closed public-1 with 1000 (OK)". */
  event: JournalEvent;
  what: string;
  /** From when on the time counts. */
  at: number;
  /** When it followed; undefined where it never did. */
  until: number | undefined;
  /** The last moment at which it could have followed: at most the client's end, which is the default; Infinity: at all. */
  by?: number;
  /** Limits of its own. */
  most?: number;
  least?: number;
  /** What was seen where it failed, where there is more to say than how long it took: "topics a, b had not come back". */
  seen?: string;
  more?: readonly EvidenceLine[];
  excuse?: Excuse | null;
}

export interface Within<O, X extends Occasion> extends Question<O> {
  /** Default: the option `within`. */
  limit?: (options: O) => number;
  /** Or why there is none. */
  occasions(evidence: Evidence, options: O): readonly X[] | string;
  /** What is expected, as an infinitive: "dial again". */
  todo: string | ((occasion: X, options: O) => string);
}

export function within<O, X extends Occasion = Occasion>(name: string, asked: Within<O, X>): CheckOf<O> {
  const limit = asked.limit ?? ((options) => (options as { within: number }).within);
  return question(name, asked, { unit: "ms", limit, bound: "most" }, (evidence, options, shape) => {
    const { client } = evidence.setting;
    const found = asked.occasions(evidence, options);
    const cases = typeof found === "string" ? found : found.flatMap((one) => caseOf(evidence, one, shape.target));
    const after = ({ what, at }: Case): string => `after ${what} at ${evidence.date(at)}`;
    return judgeCases<Case & { of: X }>(evidence, cases, {
      ...shape,
      passed: (worst, all) =>
        `${client} ${shape.asks}: ${all.length === 1 ? "" : `${all.length} times, at the latest `}${formatDuration(worst.value)} ${after(worst)}.`,
      failed(worst, failures, all) {
        const todo = typeof asked.todo === "string" ? asked.todo : asked.todo(worst.of, options);
        const total = failures.length === 1 ? "" : `, and it failed so ${failures.length} of ${all.length} times`;
        const early = worst.value < (worst.least ?? -Infinity);
        const when = early
          ? `not before ${formatDuration(worst.least ?? 0)}`
          : `within ${formatDuration(worst.most ?? 0)}`;
        return `Expected ${client} to ${todo} ${when} ${after(worst)}; ${seenOf(evidence, worst, early)}${total}.`;
      },
    });
  });
}

function caseOf<X extends Occasion>(evidence: Evidence, of: X, limit: number): (Case & { of: X })[] {
  const endMs = evidence.endMs();
  // Who was stopped has no more to do; who ended by itself has.
  const gone = evidence.goneIn(of.at, of.by ?? of.at) !== undefined;
  if (of.at > endMs && !gone) return [];
  const by = of.by === Infinity ? Infinity : Math.min(of.by ?? endMs, endMs);
  const followed = of.until !== undefined && of.until <= Math.max(by, of.at);
  const value = followed ? Math.max((of.until ?? 0) - of.at, 0) : Infinity;
  return [{ ...of, of, value, most: of.most ?? limit, chanceMs: by - of.at }];
}

function seenOf(evidence: Evidence, { value, seen, chanceMs = 0, at }: Case, early: boolean): string {
  const crash = evidence.goneIn(at, at + chanceMs);
  if (value === Infinity && crash !== undefined) return `it ${evidence.exitText(crash)}`;
  if (seen !== undefined) return seen;
  if (value === Infinity && chanceMs === Infinity) return "it never did";
  if (value === Infinity) return `it did not in the ${formatDuration(chanceMs)} that it had`;
  return early ? `it did so after ${formatDuration(value)} already` : `it took ${formatDuration(value)}`;
}
