/**
 * Before a poll that failed is tried again the client waits, and longer each time. Only too short a wait is a failure
 * here: too long a one makes values late, which is another check. A fifth is allowed for jitter, which is good. More
 * attempts than there are waits are not judged here but in `attempts-at-most`: from outside, the one after the last may as
 * well be the next poll, whose predecessor was late.
 */

import { formatDuration } from "../../core/units.ts";
import { evidence, type Check } from "../check.ts";
import { failedPolls, waitMs } from "./lib/repeats.ts";
import { leastExcused, type Excuse } from "./lib/lateness.ts";

const jitterShare = 0.2;

/** @param options.waits Before the second attempt, the third, and so on. */
export function waitsBetweenAttempts(options: { waits: readonly [number, ...number[]] }): Check {
  const { waits } = options;
  const texts = waits.map(formatDuration).join(", ");
  const bound = (n: number): number => (waits[n] ?? waits[0]) * (1 - jitterShare);
  return {
    name: "waits-between-attempts",
    asks: `waits ${texts} before it tries a failed poll again, less a fifth at most`,
    judge(journal, setting) {
      const shape = { target: waits[0] * (1 - jitterShare), unit: "ms" };
      const polls = failedPolls(journal, waits.length + 1);
      if (polls.length === 0) {
        const message = `Whether ${setting.client} waits before it tries again could not be judged: no poll of its failed.`;
        return { ...shape, verdict: "unknown", measured: null, message, evidence: [] };
      }
      const seen = polls.flatMap(({ of, attempts }) =>
        attempts.slice(1, waits.length + 1).flatMap((next, n) => {
          const attempt = attempts[n];
          return attempt === undefined ? [] : [{ of, attempt, next, n, ms: waitMs(attempt, next) }];
        }),
      );
      const excuseOf = (wait: (typeof seen)[number]): Excuse => ({
        ...{ fromAt: wait.attempt.receivedAt, toAt: wait.next.at },
        latenessMs: bound(wait.n) - wait.ms,
      });
      const tooShort = seen.filter((wait) => wait.ms < bound(wait.n));
      const worst =
        leastExcused(tooShort, excuseOf, journal) ?? seen.toSorted((a, b) => a.ms / bound(a.n) - b.ms / bound(b.n))[0];
      if (worst === undefined) {
        const message = `${setting.client} never tried a failed poll again, so there was no wait.`;
        return { ...shape, verdict: "not-applicable", measured: null, message, evidence: [] };
      }
      const { of, attempt, next, n, ms } = worst;
      const target = bound(n);
      const proof = [evidence(attempt, `attempt ${n + 1} failed`), evidence(next, `attempt ${n + 2}`)];
      const measured = Math.round(ms);
      if (ms >= target) {
        const message = `${setting.client} waited before each of ${seen.length} further attempts, at the shortest ${formatDuration(ms)} before attempt ${n + 2}.`;
        return { ...shape, target, verdict: "pass", measured, message, evidence: proof };
      }
      return {
        ...shape,
        target,
        verdict: "fail",
        measured,
        message: `Expected ${setting.client} to wait at least ${formatDuration(target)} before attempt ${n + 2}; it tried ${of.name} again ${formatDuration(ms)} after attempt ${n + 1} had failed, at ${setting.date(next.receivedAt)}. See journal line ${attempt.seq}.`,
        evidence: proof,
        excuse: excuseOf(worst),
      };
    },
  };
}
