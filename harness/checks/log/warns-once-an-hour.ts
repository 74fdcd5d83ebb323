/**
 * Poor data is as it is for hours, and is said once an hour: a young symbol, an empty book, no open interest. Looked at are
 * lines that name such a thing and lines that are marked as warnings, by kind: numbers, dates and symbols make no other one.
 */

import { count, hours } from "../../../core/units.ts";
import { uncountedLines } from "../../evidence/printed-kinds.ts";
import { printedLines } from "../../verdicts/needs.ts";
import { repeatsOf } from "../../verdicts/repeats.ts";
import { atMost } from "../../verdicts/figure.ts";

const poorData =
  /\bwarn|\bempty\b|\bnone\b|\bno (?:data|candles|bars|trades|open interest|entries|bids|asks)\b|insufficient|missing|too few|\bonly #|sparse|not enough|# < #|#\/#/i;
const allowed = 1;

export const warnsOnceAnHour = atMost<object>("warns-once-an-hour", {
  asks: "warns of poor data once an hour",
  needs: printedLines,
  unit: "lines of a kind an hour",
  limit: () => allowed,
  todo: "warn of poor data once an hour",
  unjudged: "it was given no poor data",
  cases(evidence) {
    const [first] = evidence.faults();
    if (first === undefined) return [];
    const sinceMs = first.landedAt;
    const uncounted = uncountedLines(evidence.journal, sinceMs);
    const spanMs = hours(1) - evidence.tolerances.minuteShortMs;
    const cases = repeatsOf(evidence, {
      fromMs: sinceMs,
      spanMs,
      span: "hour",
      isMeant: (kind) => poorData.test(kind),
    });
    if (cases.some(({ value }) => value > allowed)) return cases;
    if (uncounted > 0) return `it printed ${count(uncounted, "line")} more than are counted one by one; see client.log`;
    const seen = `none of its lines is about that`;
    return cases.length > 0
      ? cases
      : [{ event: first.proven, what: "poor data", at: sinceMs, value: 0, seen, excuse: null }];
  },
});
