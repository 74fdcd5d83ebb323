/**
 * An alert that cannot be delivered is not tried for ever: after a timeout twice at most, because the first may have been
 * taken; else four times. The attempts of an alert are those with its words, each within a minute of the one before.
 */

import { count } from "../../../core/units.ts";
import { alertsOf, duringFault, wasLeft } from "../../evidence/alerts.ts";
import { atMost, type Measured } from "../../verdicts/figure.ts";

const most = 4;
const mostAfterTimeout = 2;

export const boundsAttempts = atMost<object>("bounds-attempts", {
  asks: `tries an alert at most ${most} times, and after a timeout at most ${mostAfterTimeout} times`,
  unit: "attempts",
  limit: () => most,
  todo: `try an alert at most ${most} times, and after a timeout at most ${mostAfterTimeout} times`,
  unjudged: "none of its alerts failed",
  cases: (evidence) =>
    evidence.faults("webhook").flatMap((fault) =>
      alertsOf(duringFault(evidence.alertAttempts(), fault)).flatMap((attempts): Measured[] => {
        const event = attempts.at(-1);
        if (event === undefined) return [];
        const at = attempts[0]?.receivedAt ?? event.at;
        const seen = `it tried one ${count(attempts.length, "time")} from ${evidence.date(at)} on`;
        const bound = attempts.some(wasLeft) ? mostAfterTimeout : most;
        return [{ event, what: "the last attempt", at, value: attempts.length, most: bound, seen, excuse: null }];
      }),
    ),
});
