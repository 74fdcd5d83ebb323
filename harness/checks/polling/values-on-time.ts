/**
 * Everything that the client polls is there on time: each value is replaced by the next one no later than so much after
 * it was due by the client's own rhythm (`evidence/polls.ts`), so any polling client can meet it. What the client does
 * with a value is not asked.
 */

import { formatDuration } from "../../../core/units.ts";
import { lineOf } from "../../incident/check.ts";
import { atMost } from "../../verdicts/figure.ts";

export interface ValuesOnTimeOptions {
  /** How late a value may be, ms. */
  within: number;
  /** A symbol that the scenario keeps from having any. */
  except?: string;
}

export const valuesOnTime = atMost<ValuesOnTimeOptions>("values-on-time", {
  asks: ({ within, except }) =>
    `has every value it polls${except === undefined ? "" : ` but ${except}'s`} at most ${formatDuration(within)} late`,
  unit: "ms",
  limit: ({ within }) => within,
  todo: ({ within }) => `have each value that it polls at most ${formatDuration(within)} late`,
  unjudged: "it polled nothing often enough to have a rhythm",
  cases(evidence, { within, except }) {
    const crash = evidence.crash();
    return evidence.valueGaps().flatMap(({ of, from: event, to, toAt, ms }) => {
      if (of.symbol !== "" && of.symbol === except) return [];
      const value = Math.max(ms - of.rhythmMs, 0);
      const late = `was ${formatDuration(value)} late`;
      const missing =
        crash === undefined || crash.at < event.at
          ? `had not come by ${evidence.date(toAt)}`
          : `never came again: it ${evidence.exitText(crash)}`;
      const came = to === undefined ? `${late} and ${missing}` : `${late} at ${evidence.date(toAt)}`;
      const seen = `${of.name}, polled every ${formatDuration(of.rhythmMs)}, ${came}`;
      const excuse = { fromAt: event.at, toAt, latenessMs: value - within };
      const more = to === undefined ? [] : [lineOf(to, "the value after")];
      return [{ event, what: "the value before", at: event.at, value, seen, excuse, more }];
    });
  },
});
