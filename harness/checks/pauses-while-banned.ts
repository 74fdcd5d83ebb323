/**
 * While the exchange bans an address (403 on every path), the client sends at most one request a minute: each one
 * prolongs the ban. What was on its way with the first 403 is not counted. Judged from the server's side.
 */

import type { JournalView } from "../../core/journal/view.ts";
import { count, formatDuration, minutes, seconds } from "../../core/units.ts";
import { evidence, type Check } from "../check.ts";
import { clientEndMs, faultTimes } from "./lib/fault-times.ts";
import { requestsOf, requestText, type Request } from "./lib/requests.ts";

/**
 * A burst is sent at once, waits for its connections, and is answered and read one by one: 5 s of incident, but no less
 * than 150 ms of wall. On two busy cores a client that had stopped at the first 403 had calls on their way for 80 ms.
 */
const graceOf = (compression: number): number => Math.max(seconds(5), 150 * compression);
/** A minute, less what a timer and a way may take at a high compression. */
const windowMs = minutes(1) - seconds(3);

export function pausesWhileBanned(options: { perMinute: number }): Check {
  const { perMinute } = options;
  return {
    name: "pauses-while-banned",
    asks: `sends at most ${count(perMinute, "request")} a minute while it is banned with 403`,
    judge(journal, setting) {
      const shape = { target: perMinute, unit: "requests a minute" };
      const ban = banOf(journal);
      if (ban === undefined) {
        const message = `The exchange never banned ${setting.client} with 403.`;
        return { ...shape, verdict: "not-applicable", measured: null, message, evidence: [] };
      }
      const { first, untilMs } = ban;
      const graceMs = graceOf(setting.compression);
      const sent = requestsOf(journal).filter(
        ({ receivedAt }) => first.at + graceMs < receivedAt && receivedAt <= untilMs,
      );
      const minutesSent = sent.map((request) => sentWithin(sent, request));
      // The last minute that had too many: its requests are the least likely to have been on their way.
      const worst = minutesSent.findLast(({ length }) => length > perMinute) ?? minutesSent[0] ?? [];
      const proof = [
        evidence(first, "the first 403"),
        ...worst.slice(0, 2).map((one) => evidence(one, requestText(one))),
      ];
      if (worst.length > perMinute) {
        const [from] = worst;
        return {
          ...shape,
          verdict: "fail",
          measured: worst.length,
          message: `Expected ${setting.client} to send at most ${count(perMinute, "request")} a minute after the 403 of ${setting.date(first.at)}; it sent ${count(sent.length, "request")} in the ban, ${worst.length} of them in the minute from ${setting.date(from?.receivedAt ?? 0)}. See journal line ${from?.seq ?? 0}.`,
          evidence: proof,
          excuse: {
            fromAt: first.receivedAt,
            toAt: from?.receivedAt ?? 0,
            latenessMs: (from?.receivedAt ?? 0) - first.at - graceMs,
          },
        };
      }
      if (untilMs - first.at < minutes(1) + graceMs) {
        const message = `Whether ${setting.client} pauses while it is banned could not be judged: it ran on for ${formatDuration(untilMs - first.at)} of the ban.`;
        return { ...shape, verdict: "unknown", measured: null, message, evidence: proof };
      }
      const message = `${setting.client} sent ${count(sent.length, "request")} in the ${formatDuration(untilMs - first.at)} after the first 403.`;
      return { ...shape, verdict: "pass", measured: worst.length, message, evidence: proof };
    },
  };
}

/** From the first 403 to the heal of the fault that gave it, or the client's end. */
function banOf(journal: JournalView): { first: Request; untilMs: number } | undefined {
  const first = requestsOf(journal).find(({ status }) => status === 403);
  if (first === undefined) return undefined;
  const fault = faultTimes(journal).findLast(({ armedAt }) => armedAt <= first.at);
  return { first, untilMs: Math.min(fault?.healedAt ?? Infinity, clientEndMs(journal)) };
}

const sentWithin = (sent: readonly Request[], { receivedAt: fromMs }: Request): Request[] =>
  sent.filter(({ receivedAt }) => fromMs <= receivedAt && receivedAt < fromMs + windowMs);
