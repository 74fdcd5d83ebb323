/**
 * After a 10006 nothing is sent to that endpoint before the reset that the reply names, or for a second where it names
 * none or one that is past. What was on its way when the reply came is not counted. Judged from the server's side.
 */

import { count, formatDuration } from "../../../core/units.ts";
import type { Evidence } from "../../evidence/evidence.ts";
import { actsOf, knownFromMs } from "../../evidence/knows.ts";
import { lineOf } from "../../incident/check.ts";
import { never } from "../../verdicts/never.ts";

export const waitsForReset = never<object>("waits-for-reset", {
  asks: "sends nothing to an endpoint that answered 10006 before its reset (default 1 s)",
  unit: "requests",
  todo: "send nothing to an endpoint that answered 10006 before its reset",
  unjudged: "none of its requests was refused with 10006, or no wait was long enough to be seen",
  violations(evidence) {
    const requests = evidence.requests();
    const acts = actsOf(requests);
    const { onItsWayMs } = evidence.tolerances;
    const closed = waitsOf(evidence).map((wait) => ({ ...wait, fromMs: knownFromMs(wait.request, acts, onItsWayMs) }));
    return requests.flatMap((event) => {
      const { path, receivedAt } = event;
      const broken = closed.findLast(
        (one) => one.request.path === path && receivedAt > one.fromMs && receivedAt < one.heldUntilMs,
      );
      if (broken === undefined) return [];
      const { request, named, untilMs } = broken;
      const sinceMs = receivedAt - request.at;
      const what = `asked ${path} ${formatDuration(sinceMs)} after the 10006 of ${evidence.date(request.at)}, which named ${named}: it had to wait ${formatDuration(untilMs - request.at)}, and came`;
      // Had the reply been so late, the request would have been on its way.
      const excuse = { fromAt: request.receivedAt, toAt: receivedAt, latenessMs: sinceMs - onItsWayMs };
      return [{ event, what, at: receivedAt, excuse, more: [lineOf(request, "10006")] }];
    });
  },
  looked(evidence) {
    const { onItsWayMs } = evidence.tolerances;
    // A wait that is over before anything would be counted says nothing.
    const waited = waitsOf(evidence).filter(
      ({ request, untilMs, heldUntilMs }) => untilMs <= evidence.endMs() && heldUntilMs > request.at + onItsWayMs,
    );
    const kinds = [...Map.groupBy(waited, ({ named }) => named)].map(
      ([named, some]) => `${some.length} named ${named}`,
    );
    return waited.length === 0
      ? undefined
      : `after ${count(waited.length, "refusal")} with 10006 (${kinds.join(", ")})`;
  },
});

/** Until when the client is held to each refusal. */
const waitsOf = (evidence: Evidence) =>
  evidence.refusals().map((refusal) => {
    return { ...refusal, heldUntilMs: refusal.untilMs - evidence.tolerances.clocksDifferMs };
  });
