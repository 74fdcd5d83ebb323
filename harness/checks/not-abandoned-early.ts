/**
 * What is slow but comes is waited for: no request to a path is given up by the client before its time. Only a run in
 * which requests there were slow says anything.
 */

import { count, formatDuration } from "../../core/units.ts";
import { evidence, type Check } from "../check.ts";
import { clientEndMs } from "./lib/fault-times.ts";
import { leastExcused, type Excuse } from "./lib/lateness.ts";
import { requestsOf, type Request } from "./lib/requests.ts";

export interface NotAbandonedEarlyOptions {
  path: string;
  before: number;
}

/** The client's time began when it sent the request, which was a little before the exchange had it. */
const onTheWayShare = 0.1;
/** Slow enough to tempt. */
const slowShare = 0.5;

export function notAbandonedEarly({ path, before }: NotAbandonedEarlyOptions): Check {
  const earliestMs = before * (1 - onTheWayShare);
  return {
    name: "not-abandoned-early",
    asks: `gives up no request to ${path} before ${formatDuration(before)}`,
    judge(journal, setting) {
      const shape = { target: 0, unit: "requests" };
      const endMs = clientEndMs(journal);
      const there = requestsOf(journal).filter((request) => request.path === path && request.at <= endMs);
      const early = there.filter((request) => request.outcome === "abandoned" && lastedMs(request) < earliestMs);
      const excuseOf = (request: Request): Excuse => ({
        ...{ fromAt: request.receivedAt - before, toAt: request.at },
        latenessMs: earliestMs - lastedMs(request),
      });
      const worst = leastExcused(early, excuseOf, journal);
      if (worst !== undefined) {
        return {
          ...shape,
          verdict: "fail",
          measured: early.length,
          message: `Expected ${setting.client} to wait ${formatDuration(before)} for an answer from ${path}; it gave up ${count(early.length, "request")} of ${there.length} sooner, one of them after ${formatDuration(lastedMs(worst))} at ${setting.date(worst.at)}. See journal line ${worst.seq}.`,
          evidence: early
            .slice(0, 5)
            .map((request) => evidence(request, `given up after ${formatDuration(lastedMs(request))}`)),
          excuse: excuseOf(worst),
        };
      }
      const slow = there.filter((request) => lastedMs(request) >= before * slowShare);
      if (slow.length === 0) {
        const message = `Whether ${setting.client} waits for ${path} could not be judged: of ${count(there.length, "request")} there none took ${formatDuration(before * slowShare)}.`;
        return { ...shape, verdict: "unknown", measured: null, message, evidence: [] };
      }
      const message = `${setting.client} gave up none of ${count(slow.length, "slow request")} to ${path} before its time.`;
      return {
        ...shape,
        verdict: "pass",
        measured: 0,
        message,
        evidence: slow.slice(0, 1).map((request) => evidence(request, `took ${formatDuration(lastedMs(request))}`)),
      };
    },
  };
}

const lastedMs = ({ at, receivedAt }: Request): number => at - receivedAt;
