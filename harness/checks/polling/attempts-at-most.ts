/** A poll that fails is tried a few times and then left until the next one is due; `evidence/attempts.ts` says what a repeat is. */

import { count, formatDuration } from "../../../core/units.ts";
import { lineOf } from "../../incident/check.ts";
import { atMost } from "../../verdicts/figure.ts";

export const attemptsAtMost = atMost<{ attempts: number }>("attempts-at-most", {
  asks: ({ attempts }) => `tries one and the same poll at most ${count(attempts, "time")}`,
  unit: "attempts",
  limit: ({ attempts }) => attempts,
  todo: ({ attempts }) => `try a poll at most ${count(attempts, "time")}`,
  unjudged: "none of its polls failed",
  cases: (evidence, options) =>
    evidence.failedPolls(options.attempts).map(({ of, attempts }) => {
      const [event, ...others] = attempts;
      const last = others.at(-1) ?? event;
      const forMs = last.receivedAt - event.receivedAt;
      return {
        ...{ event, what: `attempt 1 of ${of.name}`, at: event.receivedAt, value: attempts.length },
        seen: `it tried ${of.name} ${count(attempts.length, "time")} within ${formatDuration(forMs)} from ${evidence.date(event.receivedAt)} on, and polls it every ${formatDuration(of.rhythmMs)}`,
        more: others.slice(0, 5).map((one, n) => lineOf(one, `attempt ${n + 2} of ${of.name}`)),
        // The next poll may be on time and this one have been late.
        excuse: { fromAt: event.receivedAt - of.rhythmMs, toAt: last.at, latenessMs: of.rhythmMs - forMs },
      };
    }),
});
