/**
 * A dial that fails is worth a line or two, and not dozens: a client whose every part reports it, with its state and a
 * stack, makes an outage of the exchange one of its own log. Counted are all lines in the faults in which its dials
 * failed, less what it prints in the same time when nothing is wrong, for each of those dials. Judged from what the
 * client printed; one that prints nothing shows nothing. Equal lines are another check.
 */

import "../../evidence/steady/events.ts";
import { count } from "../../../core/units.ts";
import type { Evidence } from "../../evidence/evidence.ts";
import type { EndpointOption } from "../../incident/check.ts";
import { atMost, type Measured } from "../../verdicts/figure.ts";
import { printedLines } from "../../verdicts/needs.ts";

export interface LogsDialsSparinglyOptions extends EndpointOption {
  /** For each dial that fails. */
  linesPerDial: number;
}

/** Fewer say nothing of what one dial costs. */
const enoughDials = 5;

export const logsDialsSparingly = atMost<LogsDialsSparinglyOptions>("logs-dials-sparingly", {
  asks: ({ linesPerDial }) => `prints at most ${count(linesPerDial, "line")} for each dial that fails`,
  needs: printedLines,
  unit: "lines a dial",
  limit: ({ linesPerDial }) => linesPerDial,
  todo: ({ linesPerDial }) => `print at most ${count(linesPerDial, "line")} for each dial that fails`,
  unjudged: "too few of its dials failed",
  cases(evidence, { endpoint = "exchange-public" }) {
    return evidence.faults(endpoint).flatMap(({ landedAt, healedAt, proven }): Measured[] => {
      const failed = evidence.attempts(endpoint).filter((dial) => dial.failed && isIn(dial.at, landedAt, healedAt));
      if (failed.length < enoughDials) return [];
      const lines = printedIn(evidence, landedAt, healedAt);
      const value = Math.max(lines - usuallyIn(evidence, landedAt, healedAt), 0) / failed.length;
      const seen = `it printed ${count(lines, "line")} while ${failed.length} of its dials failed (see client.log)`;
      return [{ event: proven, what: "the fault in which they failed", at: landedAt, value, seen }];
    });
  },
});

const isIn = (at: number, fromMs: number, toMs: number): boolean => at >= fromMs && at <= toMs;

/** Lines are journaled a minute at a time, with when the first of them came. */
const printedIn = (evidence: Evidence, fromMs: number, toMs: number): number =>
  evidence
    .all("client.printed")
    .filter(({ at, agoMs }) => isIn(at - agoMs, fromMs, toMs))
    .reduce((sum, { times }) => sum + times, 0);

/** What it would have printed in that time if nothing had been wrong. */
function usuallyIn(evidence: Evidence, fromMs: number, toMs: number): number {
  const started = evidence.all("client.started", "trial.started").at(-1)?.at ?? 0;
  const quietMs = fromMs - started;
  return quietMs <= 0 ? 0 : (printedIn(evidence, started, fromMs - 1) / quietMs) * (toMs - fromMs);
}
