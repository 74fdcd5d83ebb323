/**
 * What was left out of the log is counted in it: of a trouble that lasts for minutes some line says how often it came, or for
 * how long ("and 134 more like it", "repeated 12 times", "down for 2 h"). Looked for while it lasts and for two minutes more.
 */

import { count, minutes } from "../../../core/units.ts";
import { printedLines } from "../../verdicts/needs.ts";
import { atLeast } from "../../verdicts/figure.ts";

/** Numbers are masked in the journal's lines. */
const counted =
  /#\s*(?:more|times|x\b|repeat|similar|suppress|held|skipped|others?|failures|failed|errors|attempts|in a row|consecutive)|(?:repeated|suppressed|occurred|count(?:ed)?|times|failures|errors|attempts?|after|for)\W{0,3}#/i;
const lastingMs = minutes(5);
const afterMs = minutes(2);

export const saysHowOften = atLeast<object>("says-how-often", {
  asks: "says in its log how often something failed that fails for minutes",
  needs: printedLines,
  unit: "lines",
  limit: () => 1,
  todo: "say in its log how often it failed, or for how long",
  unjudged: "no fault lasted for so long",
  cases: (evidence) =>
    evidence
      .troubles()
      .filter(({ landedAt, healedAt }) => healedAt - landedAt >= lastingMs)
      .map(({ proven: event, what, landedAt: at, healedAt }) => {
        const lines = evidence.all("client.printed").filter((one) => {
          const printedAt = one.at - one.agoMs;
          return one.line !== null && printedAt >= at && printedAt <= healedAt + afterMs && counted.test(one.line);
        });
        const value = lines.reduce((sum, { times }) => sum + times, 0);
        const seen = `while ${what} lasted, and two minutes more, it did so in ${count(value, "line")} (see client.log)`;
        return { event, what, at, value, seen, excuse: null };
      }),
});
