/**
 * In an outage a log stays readable: of each kind of line at most one a minute, however much fails. Of a kind are lines that
 * differ in numbers, dates and symbols only. Judged from the first fault on, from what the client printed.
 */

import { count, minutes } from "../../../core/units.ts";
import { busiest, printedKinds, uncountedLines } from "../../evidence/printed-kinds.ts";
import { atMost } from "../../verdicts/figure.ts";
import { printedLines } from "../../verdicts/needs.ts";

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
    const cases = printedKinds(evidence.journal, evidence.setting.symbols).flatMap(({ kind, lines }) => {
      const { most: value, from } = busiest(
        lines.filter(({ at }) => at >= sinceMs),
        spanMs,
      );
      if (from === undefined) return [];
      const seen = `it printed "${kind}" ${count(value, "time")} in the minute from ${evidence.date(from.at)} (see client.log)`;
      return [{ event: from.event, what: `"${kind}"`, at: from.at, value, seen, excuse: null }];
    });
    const uncounted = uncountedLines(evidence.journal, sinceMs);
    if (uncounted === 0 || cases.some(({ value }) => value > allowed)) return cases;
    return `it printed ${count(uncounted, "line")} more than are counted one by one; see client.log`;
  },
});
