/**
 * While one endpoint refuses with 10006, everything else is polled on at its pace: a limit closes an endpoint, not the
 * client. What was asked at least four times before the first refusal has a pace to go by. Judged from the server's side.
 */

import type { JournalView } from "../../core/journal/view.ts";
import { count, formatDuration } from "../../core/units.ts";
import { evidence, type Check } from "../check.ts";
import { clientEndMs, faultTimes } from "./lib/fault-times.ts";
import { gapsOf, longestGapMs, pollsOf, type Poll } from "./lib/polls.ts";
import { refusalsOf } from "./lib/refusals.ts";

/** A poll may slip once: twice its longest pause before the fault. */
const slack = 2;

interface Pause {
  poll: Poll;
  /** Its longest in the fault. */
  pausedMs: number;
  /** When that pause began. */
  sinceAt: number;
  allowedMs: number;
}

export function otherEndpointsGoOn(): Check {
  return {
    name: "other-endpoints-go-on",
    asks: "polls everything else on while one endpoint says 10006",
    judge(journal, setting) {
      const shape = { target: slack, unit: "of its usual pause" };
      const pauses = pausesOf(journal);
      const [worst] = pauses.toSorted((a, b) => share(b) - share(a));
      if (worst === undefined) {
        const message = `Whether ${setting.client} polls other endpoints on could not be judged: no endpoint was refused long enough, or nothing else was polled before.`;
        return { ...shape, verdict: "unknown", measured: null, message, evidence: [] };
      }
      const { poll, pausedMs, sinceAt, allowedMs } = worst;
      const measured = Math.round(share(worst) * 10) / 10;
      const last = poll.requests.findLast(({ receivedAt }) => receivedAt <= sinceAt);
      const proof =
        last === undefined ? [] : [evidence(last, `${poll.name}, then a pause of ${formatDuration(pausedMs)}`)];
      if (pausedMs <= allowedMs) {
        const message = `${setting.client} went on with ${count(pauses.length, "other poll")} while endpoints said 10006; the longest pause was ${measured} times the usual.`;
        return { ...shape, verdict: "pass", measured, message, evidence: proof };
      }
      const late = pauses.filter((one) => one.pausedMs > one.allowedMs);
      return {
        ...shape,
        verdict: "fail",
        measured,
        message: `Expected ${setting.client} to poll everything else on while an endpoint said 10006; ${late.length} of ${count(pauses.length, "other poll")} paused, ${poll.name} for ${formatDuration(pausedMs)} from ${setting.date(sinceAt)}, usual were ${formatDuration(allowedMs / slack)}. See journal line ${last?.seq ?? 0}.`,
        evidence: proof,
        excuse: { fromAt: sinceAt, toAt: sinceAt + pausedMs, latenessMs: pausedMs - allowedMs },
      };
    },
  };
}

const share = ({ pausedMs, allowedMs }: Pause): number => (pausedMs / allowedMs) * slack;

/** Of each fault that made an endpoint say 10006, every other poll that had to come in that time. */
function pausesOf(journal: JournalView): Pause[] {
  const refusals = refusalsOf(journal);
  const firstAt = Math.min(...refusals.map(({ request }) => request.at));
  const endMs = clientEndMs(journal);
  const polls = pollsOf(journal).map((poll) => ({ poll, usualMs: longestGapMs(poll, firstAt) }));
  return faultTimes(journal).flatMap(({ armedAt, healedAt }) => {
    const untilMs = Math.min(healedAt, endMs);
    const here = refusals.filter(({ request: { at } }) => armedAt <= at && at <= healedAt);
    if (here.length === 0) return [];
    const refused = new Set(here.map(({ request }) => request.path));
    const sinceMs = here[0]?.request.at ?? armedAt;
    return polls.flatMap(({ poll, usualMs }) => {
      if (usualMs === undefined || refused.has(poll.path) || usualMs * slack > untilMs - sinceMs) return [];
      return [longestPause(poll, { sinceMs, untilMs, allowedMs: usualMs * slack })];
    });
  });
}

function longestPause(
  poll: Poll,
  { sinceMs, untilMs, allowedMs }: { sinceMs: number; untilMs: number; allowedMs: number },
): Pause {
  const inside = poll.requests.map(({ receivedAt }) => receivedAt).filter((at) => sinceMs <= at && at <= untilMs);
  const times = [sinceMs, ...inside, untilMs];
  const gaps = gapsOf(times);
  const pausedMs = Math.max(...gaps);
  return { poll, pausedMs, sinceAt: times[gaps.indexOf(pausedMs)] ?? sinceMs, allowedMs };
}
