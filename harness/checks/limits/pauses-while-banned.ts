/**
 * While the exchange bans an address (403 on every path), the client sends at most one request a minute: each one
 * prolongs the ban. What was on its way with the first 403 is not counted. Judged from the server's side.
 */

import { count, formatDuration, minutes } from "../../../core/units.ts";
import { lineOf } from "../../incident/check.ts";
import { requestText } from "../../evidence/requests.ts";
import { atMost } from "../../verdicts/figure.ts";
import { groupsOf } from "../../verdicts/rate.ts";

export interface PausesWhileBannedOptions {
  perMinute: number;
}

export const pausesWhileBanned = atMost<PausesWhileBannedOptions>("pauses-while-banned", {
  asks: ({ perMinute }) => `sends at most ${count(perMinute, "request")} a minute while it is banned with 403`,
  unit: "requests a minute",
  limit: ({ perMinute }) => perMinute,
  todo: ({ perMinute }) => `send at most ${count(perMinute, "request")} a minute while it is banned with 403`,
  unjudged: "the exchange never banned it with 403",
  cases(evidence, { perMinute }) {
    const first = evidence.requests().find(({ status }) => status === 403);
    if (first === undefined) return [];
    const fault = evidence.faults().findLast(({ armedAt }) => armedAt <= first.at);
    const untilMs = Math.min(fault?.healedAt ?? Infinity, evidence.endMs());
    const knownMs = first.at + evidence.tolerances.burstMs;
    const sent = evidence.requests().filter(({ receivedAt }) => knownMs < receivedAt && receivedAt <= untilMs);
    const minute = minutes(1) - evidence.tolerances.minuteShortMs;
    const banned = `${count(sent.length, "request")} in the ${formatDuration(untilMs - first.at)} after the 403 of ${evidence.date(first.at)}`;
    const proof = { event: first, what: "the first 403", at: first.at };
    const busy = groupsOf(sent, ({ receivedAt }) => receivedAt, minute).flatMap((group) => {
      const [from] = group;
      if (from === undefined) return [];
      const seen = `it sent ${banned}, ${group.length} of them in the minute from ${evidence.date(from.receivedAt)}`;
      const more = group.slice(0, 2).map((one) => lineOf(one, requestText(one)));
      // Had the 403 been so late, the request would have been on its way.
      const excuse = { fromAt: first.receivedAt, toAt: from.receivedAt, latenessMs: from.receivedAt - knownMs };
      return [{ ...proof, value: group.length, seen, more, excuse }];
    });
    const tooShort = untilMs - knownMs < minutes(1) && busy.every(({ value }) => value <= perMinute);
    if (tooShort) return `it ran on for ${formatDuration(untilMs - first.at)} of the ban`;
    return busy.length > 0 ? busy : [{ ...proof, value: 0, seen: `it sent ${banned}` }];
  },
});
