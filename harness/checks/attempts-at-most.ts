/** A poll that fails is tried a few times and then left until the next one is due. See `lib/repeats.ts` for what a repeat is. */

import { count, formatDuration } from "../../core/units.ts";
import { evidence, type Check } from "../check.ts";
import { failedPolls } from "./lib/repeats.ts";

export function attemptsAtMost(options: { attempts: number }): Check {
  return {
    name: "attempts-at-most",
    asks: `tries one and the same poll at most ${count(options.attempts, "time")}`,
    judge(journal, setting) {
      const shape = { target: options.attempts, unit: "attempts" };
      const polls = failedPolls(journal, options.attempts);
      const worst = polls.toSorted((a, b) => b.attempts.length - a.attempts.length)[0];
      if (worst === undefined) {
        const message = `How often ${setting.client} tries could not be judged: no poll of its failed.`;
        return { ...shape, verdict: "unknown", measured: null, message, evidence: [] };
      }
      const { of, attempts } = worst;
      const measured = attempts.length;
      const proof = attempts.slice(0, 6).map((attempt, n) => evidence(attempt, `attempt ${n + 1} of ${of.name}`));
      if (measured <= options.attempts) {
        const message = `${setting.client} tried each of ${count(polls.length, "failed poll")} at most ${count(measured, "time")}.`;
        return { ...shape, verdict: "pass", measured, message, evidence: proof };
      }
      const [first] = attempts;
      const last = attempts.at(-1) ?? first;
      return {
        ...shape,
        verdict: "fail",
        measured,
        message: `Expected ${setting.client} to try a poll at most ${count(options.attempts, "time")}; it tried ${of.name} ${measured} times within ${formatDuration(last.receivedAt - first.receivedAt)} from ${setting.date(first.receivedAt)} on, though it polls it only every ${formatDuration(of.rhythmMs)}. See journal line ${first.seq}.`,
        evidence: proof,
        // The next poll may be on time and this one have been late.
        excuse: {
          fromAt: first.receivedAt - of.rhythmMs,
          toAt: last.at,
          latenessMs: of.rhythmMs - (last.receivedAt - first.receivedAt),
        },
      };
    },
  };
}
