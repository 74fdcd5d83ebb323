/**
 * In an outage a log stays readable: of each kind of line at most one a minute, however much fails. Of a kind are lines that
 * differ in numbers, dates and symbols only. Judged from the first fault on, from what the client printed.
 */

import { count, minutes } from "../../../core/units.ts";
import { uncountedLines } from "../../evidence/printed-kinds.ts";
import { atMost } from "../../verdicts/figure.ts";
import { printedLines } from "../../verdicts/needs.ts";
import { repeatsOf } from "../../verdicts/repeats.ts";

const allowed = 1;

export const collapsesRepeats = atMost<object>("collapses-repeats", {
  asks: "prints at most one line of a kind a minute, whatever fails",
  needs: printedLines,
  unit: "lines of a kind a minute",
  limit: () => allowed,
  todo: "print at most one line of a kind a minute",
  unjudged: "no fault gave it a reason to",
  cases(evidence) {
    const [first] = evidence.faults();
    if (first === undefined) return [];
    const sinceMs = first.landedAt;
    const spanMs = minutes(1) - evidence.tolerances.minuteShortMs;
    const cases = repeatsOf(evidence, { fromMs: sinceMs, spanMs, span: "minute" });
    const uncounted = uncountedLines(evidence.journal, sinceMs);
    if (uncounted === 0 || cases.some(({ value }) => value > allowed)) return cases;
    return `it printed ${count(uncounted, "line")} more than are counted one by one; see client.log`;
  },
});
