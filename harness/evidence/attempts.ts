/**
 * Attempts at one and the same poll. From outside a repeat looks like a poll: it is known by coming after a failure and
 * before the next poll would be due by the operation's rhythm. After an attempt that itself took longer than that, the
 * next request is taken for a repeat as well, up to the number of attempts that are allowed.
 */

import type { JournalView } from "../../core/journal/view.ts";
import { seconds } from "../../core/units.ts";
import { clientEndMs } from "./client.ts";
import { polledOf, type Polled } from "./polls.ts";
import { failed, lastedMs, type Request } from "./requests.ts";

/** One poll: its attempts, of which all but the last failed. */
export interface Attempts {
  of: Polled;
  attempts: readonly [Request, ...Request[]];
}

/** A client's timers and its way to the exchange are not exact. */
const dueShare = 0.9;
/** Nobody waits longer before a repeat (report A, F3). */
const longestWaitMs = seconds(10);

/** The polls whose first attempt failed, in the order they began. @param allowed Attempts of one poll. */
export function failedPolls(journal: JournalView, allowed: number): Attempts[] {
  const endMs = clientEndMs(journal);
  return polledOf(journal)
    .flatMap((of) => pollsOf(of, allowed))
    .filter(({ attempts: [first] }) => failed(first) && first.at <= endMs)
    .toSorted((a, b) => a.attempts[0].receivedAt - b.attempts[0].receivedAt);
}

/**
 * How long the client waited from a failed attempt to the next, at least: of an attempt that the exchange ended it is
 * only known that the client could not know of the end before it had been received.
 */
export const waitMs = (attempt: Request, next: Request): number =>
  Math.max(next.receivedAt - (attempt.outcome === "abandoned" ? attempt.at : attempt.receivedAt), 0);

function pollsOf(of: Polled, allowed: number): Attempts[] {
  const polls: [Request, ...Request[]][] = [];
  for (const request of of.requests) {
    const poll = polls.at(-1);
    if (poll !== undefined && isRepeat(request, poll, of.rhythmMs, allowed)) poll.push(request);
    else polls.push([request]);
  }
  return polls.map((attempts) => ({ of, attempts }));
}

function isRepeat(next: Request, poll: readonly [Request, ...Request[]], rhythmMs: number, allowed: number): boolean {
  const last = poll.at(-1) ?? poll[0];
  if (!failed(last) || waitMs(last, next) > longestWaitMs) return false;
  if (next.receivedAt - poll[0].receivedAt < dueShare * rhythmMs) return true;
  return lastedMs(last) >= dueShare * rhythmMs && poll.length < allowed && waitMs(last, next) < rhythmMs;
}
