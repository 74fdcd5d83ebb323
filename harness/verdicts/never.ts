/** Something must not happen, not once: `never(…)` makes the check of it. The number of times is what is measured. */

import { lineNumber } from "../../core/journal/place.ts";
import type { Evidence } from "../evidence/evidence.ts";
import { judgeCases, notSeen, type Case } from "./judge-cases.ts";
import { lineOf } from "../incident/check.ts";
import { question, type CheckOf, type Phrase, type Question, say } from "./question.ts";

/** So many are shown as evidence. */
const shown = 5;

/** One time that it happened; `what` says what the client did: "placed Buy BTCUSDT 12 s after they died". */
export type Violation = Omit<Case, "value" | "most" | "least" | "chanceMs" | "seen"> & {
  /** How many at once. Default 1. */
  times?: number;
};

export interface Never<O, V extends Violation> extends Question<O> {
  /** Of what: "orders". */
  unit: string;
  violations(evidence: Evidence, options: O): readonly V[];
  /** What there was that could have gone wrong, in words: "4 min without market data". Undefined where there was nothing. */
  looked(evidence: Evidence, options: O): string | undefined;
  /** What is expected, as an infinitive: "place no order while it is blind". */
  todo: Phrase<O>;
}

export function never<O, V extends Violation = Violation>(name: string, asked: Never<O, V>): CheckOf<O> {
  return question(name, asked, { unit: asked.unit, limit: () => 0, bound: "most" }, (evidence, options, shape) => {
    const { client } = evidence.setting;
    const violations = asked.violations(evidence, options).filter(({ at }) => at >= evidence.startMs());
    const total = violations.reduce((sum, { times = 1 }) => sum + times, 0);
    if (violations.length === 0) {
      const looked = asked.looked(evidence, options);
      if (looked === undefined) return notSeen(evidence, shape, { verdict: "unknown", why: shape.unjudged });
      const message = `${client} ${shape.asks}: ${looked}.`;
      return { verdict: "pass", measured: 0, target: 0, unit: asked.unit, message, evidence: [] };
    }
    const more = total === 1 ? "" : `, one of ${total} ${asked.unit}`;
    const lines = violations.slice(0, shown).map(({ event, what }) => lineOf(event, what));
    const cases = violations.map((one) => {
      const more = [...(one.more ?? []), ...lines.filter(({ line }) => line !== lineNumber(one.event))];
      return { ...one, value: total, most: 0, excuse: one.excuse ?? null, more };
    });
    return judgeCases(evidence, cases, {
      ...shape,
      passed: () => "",
      failed: ({ what, at }) =>
        `Expected ${client} to ${say(asked.todo, options)}; it ${what} at ${evidence.date(at)}${more}.`,
    });
  });
}
