/** An alert that cannot be delivered is given up in time, all attempts together; what a 429 asked it to wait for aside. */

import { count, formatDuration } from "../../../core/units.ts";
import { alertsOf, duringFault } from "../../evidence/alerts.ts";
import { atMost, type Measured } from "../../verdicts/figure.ts";

export const boundsAlertTime = atMost<{ within: number }>("bounds-alert-time", {
  asks: ({ within }) => `spends at most ${formatDuration(within)} on an alert that fails`,
  unit: "ms",
  limit: ({ within }) => within,
  todo: ({ within }) => `spend at most ${formatDuration(within)} on an alert that fails`,
  unjudged: "none of its alerts failed",
  cases: (evidence) =>
    evidence.faults("webhook").flatMap((fault) =>
      alertsOf(duringFault(evidence.alertAttempts(), fault)).flatMap((attempts): Measured[] => {
        const event = attempts.at(-1);
        if (event === undefined) return [];
        const at = attempts[0]?.receivedAt ?? event.at;
        const waitedMs = attempts.slice(0, -1).reduce((sum, { retryAfterMs }) => sum + (retryAfterMs ?? 0), 0);
        const value = Math.max(Math.min(event.at, evidence.endMs()) - at - waitedMs, 0);
        const seen = `it spent ${formatDuration(value)} and ${count(attempts.length, "attempt")} on one from ${evidence.date(at)} on`;
        return [{ event, what: "the last attempt", at, value, seen }];
      }),
    ),
});
