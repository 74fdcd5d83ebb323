/**
 * A webhook that fails is left alone: after three alerts that could not be delivered it is asked at most once in five
 * minutes, by a single probe, until it answers again. Of an alert four attempts are allowed here, which are its words again
 * within a minute; whether they are too many is `bounds-attempts`'s question. Of a webhook whose host has no address only
 * the lookups are seen, so there the attempts of three alerts are the first twelve.
 */

import { count, formatDuration } from "../../../core/units.ts";
import type { JournalEvent } from "../../../core/journal/event.ts";
import { alertsOf, duringFault, lookupsDuring } from "../../evidence/alerts.ts";
import type { Evidence } from "../../evidence/evidence.ts";
import type { FaultSpan } from "../../evidence/faults.ts";
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
      const { asked, allowed } = askedIn(evidence, fault);
      const soon = asked.filter(
        (one, n) => !allowed.has(one.event) && one.at - (asked[n - 1]?.at ?? -Infinity) < sinceMs,
      );
      const event = (soon.at(-1) ?? asked[0])?.event;
      if (event === undefined) return [];
      const times = `${count(soon.length, "attempt")} came sooner than ${formatDuration(every)} after the one before`;
      const seen = `of its ${count(asked.length, "attempt")} in ${fault.what} from ${evidence.date(fault.landedAt)} on, after the first ${allowed.size}, ${times}`;
      return [{ event, what: "an attempt", at: fault.landedAt, value: soon.length, seen, excuse: null }];
    });
  },
});

interface Asked {
  asked: readonly { at: number; event: JournalEvent }[];
  /** Those of the first alerts. */
  allowed: ReadonlySet<JournalEvent>;
}

function askedIn(evidence: Evidence, fault: FaultSpan): Asked {
  const lookups = lookupsDuring(evidence.journal, fault);
  if (lookups.length > 0) {
    const asked = lookups.map((event) => ({ at: event.at, event }));
    return { asked, allowed: new Set(lookups.slice(0, failedAlerts * attemptsOfOne)) };
  }
  const attempts = duringFault(evidence.alertAttempts(), fault);
  const first = alertsOf(attempts).slice(0, failedAlerts);
  return {
    asked: attempts.map((event) => ({ at: event.receivedAt, event })),
    allowed: new Set(first.flatMap((alert) => alert.slice(0, attemptsOfOne))),
  };
}
