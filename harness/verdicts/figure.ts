/** A figure has to be at most, or at least, so much wherever it is measured: `atMost(…)` and `atLeast(…)`. */

import type { Evidence } from "../evidence/evidence.ts";
import { judgeCases, type Case } from "./judge-cases.ts";
import { question, type CheckOf, type Phrase, type Question, say } from "./question.ts";

/** What was measured once; `seen` says it: "it made 6 dials in the 5 min up to 22 Oct 02:14:00 UTC+4". */
export type Measured = Omit<Case, "seen"> & { seen: string };

export interface Figure<O> extends Question<O> {
  unit: string;
  limit: (options: O) => number;
  /** Or why there is none. */
  cases(evidence: Evidence, options: O): readonly Measured[] | string;
  /** What is expected, as an infinitive: "dial at most 100 times in any 5 min". */
  todo: Phrase<O>;
}

export const atMost = <O>(name: string, asked: Figure<O>): CheckOf<O> => figure(name, asked, "most");
export const atLeast = <O>(name: string, asked: Figure<O>): CheckOf<O> => figure(name, asked, "least");

function figure<O>(name: string, asked: Figure<O>, bound: "most" | "least"): CheckOf<O> {
  return question(name, asked, { ...asked, bound }, (evidence, options, shape) => {
    const { client } = evidence.setting;
    const found = asked.cases(evidence, options);
    const bounds = { [bound]: shape.target };
    const cases = typeof found === "string" ? found : found.map((one) => ({ ...bounds, ...one }));
    const total = (failures: number, all: number): string =>
      failures === 1 ? "" : `, and it failed so ${failures} of ${all} times`;
    return judgeCases(evidence, cases, {
      ...shape,
      passed: ({ seen }) => `${client} ${shape.asks}: ${seen}.`,
      failed: ({ seen }, failures, all) =>
        `Expected ${client} to ${say(asked.todo, options)}; ${seen}${total(failures.length, all.length)}.`,
    });
  });
}
