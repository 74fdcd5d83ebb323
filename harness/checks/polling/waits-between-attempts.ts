/**
 * Before a poll that failed is tried again the client waits, and longer each time. Only too short a wait is a failure
 * here: too long a one makes values late, which is another check. A fifth is allowed for jitter, which is good. More
 * attempts than there are waits are not judged here but in `attempts-at-most`: from outside, the one after the last may as
 * well be the next poll, whose predecessor was late.
 */

import { formatDuration } from "../../../core/units.ts";
import { waitMs } from "../../evidence/attempts.ts";
import { lineOf } from "../../incident/check.ts";
import { atLeast } from "../../verdicts/figure.ts";
import { notShown } from "../../verdicts/needs.ts";

export interface WaitsBetweenAttemptsOptions {
  /** Before the second attempt, the third, and so on. */
  waits: readonly [number, ...number[]];
}

const jitterShare = 0.2;

export const waitsBetweenAttempts = atLeast<WaitsBetweenAttemptsOptions>("waits-between-attempts", {
  asks: ({ waits }) =>
    `waits ${waits.map(formatDuration).join(", ")} before it tries a failed poll again, less a fifth at most`,
  unit: "ms",
  limit: ({ waits }) => waits[0] * (1 - jitterShare),
  needs: (evidence, { waits }) => {
    const polls = evidence.failedPolls(waits.length + 1);
    const isLeft = polls.length > 0 && polls.every(({ attempts }) => attempts.length === 1);
    return isLeft ? notShown("it leaves a failed poll until the next one is due") : undefined;
  },
  todo: ({ waits }) => `wait ${waits.map(formatDuration).join(", ")} before further attempts, less a fifth at most`,
  unjudged: "it never tried a failed poll again",
  cases: (evidence, { waits }) =>
    evidence.failedPolls(waits.length + 1).flatMap(({ of, attempts }) =>
      attempts.slice(1, waits.length + 1).flatMap((next, n) => {
        const event = attempts[n] ?? next;
        const value = waitMs(event, next);
        const least = (waits[n] ?? waits[0]) * (1 - jitterShare);
        const excuse = { fromAt: event.receivedAt, toAt: next.at, latenessMs: least - value };
        const seen = `it made attempt ${n + 2} of ${of.name} ${formatDuration(value)} after attempt ${n + 1} had failed, at ${evidence.date(next.receivedAt)}`;
        const more = [lineOf(next, `attempt ${n + 2}`)];
        return [{ event, what: `attempt ${n + 1} failed`, at: event.receivedAt, value, least, seen, excuse, more }];
      }),
    ),
});
