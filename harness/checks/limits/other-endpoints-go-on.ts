/**
 * While one endpoint refuses with 10006, everything else is polled on at its pace: a limit closes an endpoint, not the
 * client. What was asked at least four times before the first refusal has a pace to go by. Judged from the server's side.
 */

import { formatDuration } from "../../../core/units.ts";
import { longestPauseMs, stepsOf } from "../../evidence/polls.ts";
import { atMost } from "../../verdicts/figure.ts";

/** A poll may slip once: twice its longest pause before the fault. */
const slack = 2;

export const otherEndpointsGoOn = atMost<object>("other-endpoints-go-on", {
  asks: "polls everything else on while one endpoint answers 10006",
  unit: "of its usual pause",
  limit: () => slack,
  todo: "poll everything else on while an endpoint answers 10006",
  unjudged: "no endpoint was refused for long enough, or nothing else was polled before",
  cases(evidence) {
    const refusals = evidence.refusals().map(({ request }) => request);
    const firstAt = Math.min(...refusals.map(({ at }) => at));
    const polls = evidence.operations().flatMap((of) => {
      const usualMs = longestPauseMs(of, firstAt);
      return of.method === "GET" && usualMs !== undefined ? [{ ...of, usualMs }] : [];
    });
    return evidence.faults().flatMap(({ armedAt, healedAt }) => {
      const here = refusals.filter(({ at }) => armedAt <= at && at <= healedAt);
      const refused = new Set(here.map(({ path }) => path));
      const sinceMs = here[0]?.at ?? Infinity;
      const untilMs = Math.min(healedAt, evidence.endMs());
      return polls.flatMap(({ name, path, requests, usualMs }) => {
        if (refused.has(path) || usualMs * slack > untilMs - sinceMs || here.length === 0) return [];
        const inside = requests.map(({ receivedAt }) => receivedAt).filter((at) => sinceMs <= at && at <= untilMs);
        const times = [sinceMs, ...inside, untilMs];
        const pauses = stepsOf(times);
        const pausedMs = Math.max(...pauses);
        const at = times[pauses.indexOf(pausedMs)] ?? sinceMs;
        const event = requests.findLast(({ receivedAt }) => receivedAt <= at) ?? requests[0];
        const seen = `${name} paused for ${formatDuration(pausedMs)} from ${evidence.date(at)}, usual were ${formatDuration(usualMs)}`;
        const excuse = { fromAt: at, toAt: at + pausedMs, latenessMs: pausedMs - usualMs * slack };
        return [{ event, what: `${name}, then a pause`, at, value: pausedMs / usualMs, seen, excuse }];
      });
    });
  },
});
