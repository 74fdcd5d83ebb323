/** The client's alerts as the webhook saw them: each attempt and how it ended, and what was taken. */

import type { JournalEvent } from "../../core/journal/event.ts";
import type { JournalView } from "../../core/journal/view.ts";
import { minutes, seconds } from "../../core/units.ts";
import type { FaultSpan } from "./faults.ts";
import { once } from "./once.ts";

export type AlertAttempt = JournalEvent<"webhook.request">;
export type TakenAlert = JournalEvent<"webhook.accepted">;

/** In the order they arrived, which is not that of the journal: there an attempt stands where it ended. */
export const alertAttemptsOf = once((journal: JournalView): AlertAttempt[] =>
  journal
    .all("webhook.request")
    .filter(({ method }) => method === "POST")
    .toSorted((a, b) => a.receivedAt - b.receivedAt),
);

export const takenAlertsOf = once((journal: JournalView): TakenAlert[] => journal.all("webhook.accepted"));

/** A retry has the words of the attempt before it, and comes soon. */
const retriedWithinMs = minutes(1);

/** Attempts with the alert that each is of: those with the same words, each within a minute of the end of the one before. */
export function alertsOf(attempts: readonly AlertAttempt[]): AlertAttempt[][] {
  const alerts: AlertAttempt[][] = [];
  for (const attempt of attempts) {
    const of = alerts.findLast((one) => {
      const last = one.at(-1);
      return last?.text === attempt.text && attempt.receivedAt - last.at <= retriedWithinMs;
    });
    if (of === undefined) alerts.push([attempt]);
    else of.push(attempt);
  }
  return alerts;
}

/** One attempt may ask for IPv4 and IPv6, or twice. */
const sameLookupMs = seconds(1);

/** When the client looked a host without an address up, at the start of its attempts to reach an endpoint. */
export function lookupsDuring(journal: JournalView, fault: FaultSpan): JournalEvent<"client.looked-up">[] {
  if (fault.name !== "process.no-address") return [];
  const lookups = journal.all("client.looked-up").filter(({ at }) => at >= fault.armedAt && at < fault.healedAt);
  return lookups.filter(({ at }, n) => at - (lookups[n - 1]?.at ?? -Infinity) > sameLookupMs);
}

/** Nobody answered it, and it was the client that put an end to it, if anybody did. */
export const wasLeft = ({ outcome }: AlertAttempt): boolean => outcome === "abandoned" || outcome === "unanswered";

/** Those that arrived while a fault of the webhook lasted. A fault lands with the first. */
export const duringFault = (attempts: readonly AlertAttempt[], { armedAt, healedAt }: FaultSpan): AlertAttempt[] =>
  attempts.filter(({ receivedAt }) => receivedAt >= armedAt && receivedAt < healedAt);

/** The webhook is not there any more (404), or not the client's (401, 403). */
export const isGone = (status: number | null): boolean => status !== null && [401, 403, 404].includes(status);

/** Its words without what differs each time it is said: numbers and times. */
export const wordsOf = (text: string): string => text.replace(/\d+/g, "#");
