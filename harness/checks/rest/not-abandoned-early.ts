/**
 * What is slow but comes is waited for: no request to a path is given up by the client before its time. Only a run in
 * which requests there were slow says anything.
 */

import { count, formatDuration } from "../../../core/units.ts";
import type { Evidence } from "../../evidence/evidence.ts";
import { lastedMs, type Request } from "../../evidence/requests.ts";
import { never } from "../../verdicts/never.ts";

export interface NotAbandonedEarlyOptions {
  path: string;
  before: number;
}

/** The client's time began when it sent the request, which was a little before the exchange had it. */
const onTheWayShare = 0.1;
/** Slow enough to tempt. */
const slowShare = 0.5;

export const notAbandonedEarly = never<NotAbandonedEarlyOptions>("not-abandoned-early", {
  asks: ({ path, before }) => `gives up no request to ${path} before ${formatDuration(before)}`,
  unit: "requests",
  todo: ({ path, before }) => `wait ${formatDuration(before)} for an answer from ${path}`,
  unjudged: ({ path, before }) => `no request to ${path} took ${formatDuration(before * slowShare)}`,
  violations(evidence, options) {
    const earliestMs = options.before * (1 - onTheWayShare);
    return requestsTo(evidence, options).flatMap((event) => {
      const ms = lastedMs(event);
      if (event.outcome !== "abandoned" || ms >= earliestMs) return [];
      const excuse = { fromAt: event.receivedAt - options.before, toAt: event.at, latenessMs: earliestMs - ms };
      return [{ event, what: `gave one up after ${formatDuration(ms)}`, at: event.at, excuse }];
    });
  },
  looked(evidence, options) {
    const slow = requestsTo(evidence, options).filter((request) => lastedMs(request) >= options.before * slowShare);
    return slow.length === 0 ? undefined : `it waited for ${count(slow.length, "slow request")}`;
  },
});

const requestsTo = (evidence: Evidence, { path }: NotAbandonedEarlyOptions): Request[] =>
  evidence.requests().filter((request) => request.path === path && request.at <= evidence.endMs());
