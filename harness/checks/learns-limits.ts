/**
 * A client may run into a rate limit once, and then knows it: no 10006 after the first. What was on its way with the
 * first is not counted. Judged from the server's side.
 */

import { count, seconds } from "../../core/units.ts";
import { evidence, type Check } from "../check.ts";
import { actsOf, knownFromMs } from "./lib/knows.ts";
import { leastExcused, type Excuse } from "./lib/lateness.ts";
import { onItsWayMs, refusalsOf, tooManyVisits } from "./lib/refusals.ts";
import { requestsOf, requestText, type Request } from "./lib/requests.ts";

const windowMs = seconds(1);

/**
 * How much the requests of the second before a refusal had to be bunched on their way to be too many, had the client
 * spread them evenly within the limit: six in a second where five were granted are 200 ms too soon.
 */
function tooSoonMs(requests: readonly Request[], refused: Request): number {
  const { path, receivedAt } = refused;
  const recent = requests.filter(
    (one) => one.path === path && one.receivedAt > receivedAt - windowMs && one.receivedAt <= receivedAt,
  );
  const granted = recent.filter(({ retCode }) => retCode !== tooManyVisits).length;
  return (recent.length / Math.max(granted, 1) - 1) * windowMs;
}

export function learnsLimits(): Check {
  return {
    name: "learns-limits",
    asks: "is not refused with 10006 again after the first time",
    judge(journal, setting) {
      const shape = { target: 0, unit: "refusals" };
      const requests = requestsOf(journal);
      const [first, ...others] = refusalsOf(journal).map(({ request }) => request);
      if (first === undefined) {
        const limited = requests.filter(({ resetAt }) => resetAt !== null);
        if (limited.length < 2) {
          const message = `Whether ${setting.client} keeps within rate limits could not be judged: it asked ${count(limited.length, "time")} for something that has one.`;
          return { ...shape, verdict: "unknown", measured: null, message, evidence: [] };
        }
        const message = `${setting.client} was never refused with 10006 in ${count(limited.length, "request")} under a rate limit.`;
        return { ...shape, verdict: "pass", measured: 0, message, evidence: [] };
      }
      const knownMs = knownFromMs(first, actsOf(requests), onItsWayMs(setting.compression));
      const again = others.filter(({ receivedAt }) => receivedAt > knownMs);
      const excuseOf = (refused: Request): Excuse => ({
        ...{ fromAt: refused.receivedAt - windowMs, toAt: refused.at },
        latenessMs: tooSoonMs(requests, refused),
      });
      const last = leastExcused(again, excuseOf, journal);
      if (last === undefined) {
        const message = `${setting.client} was refused with 10006 at ${setting.date(first.at)} and not again.`;
        return { ...shape, verdict: "pass", measured: 0, message, evidence: [evidence(first, requestText(first))] };
      }
      return {
        ...shape,
        verdict: "fail",
        measured: again.length,
        message: `Expected ${setting.client} to keep within the rate limits after the first 10006, of ${setting.date(first.at)}; it was refused ${count(again.length, "more time")}, at ${setting.date(last.at)} for ${requestText(last)} for one. See journal line ${last.seq}.`,
        evidence: [evidence(first, "the first 10006"), evidence(last, `${requestText(last)}: 10006`)],
        excuse: excuseOf(last),
      };
    },
  };
}
