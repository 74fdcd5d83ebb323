/**
 * A webhook that fails is left alone: after three alerts that could not be delivered it is asked at most once in five
 * minutes, by a single probe, until it answers again. Of an alert four attempts are allowed here, which are its words again
 * within a minute; whether they are too many is `bounds-attempts`'s question.
 */

import { count, formatDuration } from "../../../core/units.ts";
import { alertsOf, duringFault } from "../../evidence/alerts.ts";
import { atMost } from "../../verdicts/figure.ts";

const failedAlerts = 3;
const attemptsOfOne = 4;

export const sparesTheWebhook = atMost<{ every: number }>("spares-the-webhook", {
  asks: ({ every }) =>
    `asks a webhook that fails at most once in ${formatDuration(every)}, after ${failedAlerts} failed alerts`,
  unit: "attempts too soon",
  limit: () => 0,
  todo: ({ every }) =>
    `ask a webhook that fails at most once in ${formatDuration(every)}, after ${failedAlerts} failed alerts`,
  unjudged: "its webhook never failed",
  cases(evidence, { every }) {
    const sinceMs = every - evidence.tolerances.crossingMs;
    return evidence.faults("webhook").flatMap((fault) => {
      const attempts = duringFault(evidence.alertAttempts(), fault);
      const first = alertsOf(attempts)
        .slice(0, failedAlerts)
        .flatMap((alert) => alert.slice(0, attemptsOfOne));
      const soon = attempts.filter(
        (attempt, n) =>
          !first.includes(attempt) && attempt.receivedAt - (attempts[n - 1]?.receivedAt ?? -Infinity) < sinceMs,
      );
      const event = soon.at(-1) ?? attempts[0];
      if (event === undefined) return [];
      const times = `${count(soon.length, "attempt")} came sooner than ${formatDuration(every)} after the one before`;
      const seen = `of its ${count(attempts.length, "attempt")} in ${fault.what} from ${evidence.date(fault.landedAt)} on, after the first ${first.length}, ${times}`;
      return [{ event, what: "an attempt", at: fault.landedAt, value: soon.length, seen, excuse: null }];
    });
  },
});
