/**
 * A client may run into a rate limit once, and then knows it: no 10006 after the first. What was on its way with the
 * first is not counted. Judged from the server's side.
 */

import { count, seconds } from "../../../core/units.ts";
import { actsOf, knownFromMs } from "../../evidence/knows.ts";
import { tooManyVisits } from "../../evidence/refusals.ts";
import { requestText, type Request } from "../../evidence/requests.ts";
import { never } from "../../verdicts/never.ts";

const windowMs = seconds(1);

export const learnsLimits = never<object>("learns-limits", {
  asks: "is not refused with 10006 again after the first time",
  unit: "refusals",
  todo: "keep within the rate limits after the first 10006",
  unjudged: "it hardly asked for anything that has a limit",
  violations(evidence) {
    const requests = evidence.requests();
    const [first, ...others] = evidence.refusals();
    if (first === undefined) return [];
    const knownMs = knownFromMs(first.request, actsOf(requests), evidence.tolerances.onItsWayMs);
    return others.flatMap(({ request: event }) => {
      if (event.receivedAt <= knownMs) return [];
      const what = `was refused again for ${requestText(event)} after the first time at ${evidence.date(first.request.at)},`;
      const excuse = { fromAt: event.receivedAt - windowMs, toAt: event.at, latenessMs: tooSoonMs(requests, event) };
      return [{ event, what, at: event.at, excuse }];
    });
  },
  looked(evidence) {
    const limited = evidence.requests().filter(({ resetAt }) => resetAt !== null).length;
    const [first] = evidence.refusals();
    if (first !== undefined) return `it was at ${evidence.date(first.request.at)} and not again`;
    return limited < 2 ? undefined : `never in ${count(limited, "request")} under a rate limit`;
  },
});

/**
 * How much the requests of the second before a refusal had to be bunched on their way to be too many, had the client
 * spread them evenly within the limit: six in a second where five were granted are 200 ms too soon.
 */
function tooSoonMs(requests: readonly Request[], { path, receivedAt }: Request): number {
  const recent = requests.filter(
    (one) => one.path === path && one.receivedAt > receivedAt - windowMs && one.receivedAt <= receivedAt,
  );
  const granted = recent.filter(({ retCode }) => retCode !== tooManyVisits).length;
  return (recent.length / Math.max(granted, 1) - 1) * windowMs;
}
