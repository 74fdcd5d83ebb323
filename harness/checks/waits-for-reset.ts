/**
 * After a 10006 nothing is sent to that endpoint before the reset that the reply names, or for a second where it names
 * none or one that is past. What was on its way when the reply came is not counted. Judged from the server's side.
 */

import { count, formatDuration } from "../../core/units.ts";
import { evidence, type Check } from "../check.ts";
import { clientEndMs } from "./lib/fault-times.ts";
import { actsOf, knownFromMs } from "./lib/knows.ts";
import { onItsWayMs, refusalsOf, type Refusal } from "./lib/refusals.ts";
import { requestsOf, requestText, type Request } from "./lib/requests.ts";

/** Two clocks that both are right may differ by so much, or a client would be blamed for rounding. */
const clocksDifferMs = (compression: number): number => Math.max(100, 5 * compression);

export function waitsForReset(): Check {
  return {
    name: "waits-for-reset",
    asks: "sends nothing to an endpoint that said 10006 before its reset (default 1 s)",
    judge(journal, setting) {
      const shape = { target: 0, unit: "requests" };
      const refusals = refusalsOf(journal);
      if (refusals.length === 0) {
        const message = `The exchange never refused ${setting.client} with 10006, so there was no reset to wait for.`;
        return { ...shape, verdict: "not-applicable", measured: null, message, evidence: [] };
      }
      const requests = requestsOf(journal);
      const graceMs = onItsWayMs(setting.compression);
      const acts = actsOf(requests);
      const differMs = clocksDifferMs(setting.compression);
      const closed = refusals.map((refusal) => ({
        refusal,
        fromMs: knownFromMs(refusal.request, acts, graceMs),
        toMs: refusal.untilMs - differMs,
      }));
      const early = requests.flatMap((request) => {
        const broken = closed.findLast((one) => isIn(one, request));
        return broken === undefined ? [] : [{ request, refusal: broken.refusal }];
      });
      // The one that a late machine explains least.
      const [worst] = early.toSorted((a, b) => sinceRefusalMs(b) - sinceRefusalMs(a));
      if (worst !== undefined) {
        const { request, refusal } = worst;
        return {
          ...shape,
          verdict: "fail",
          measured: early.length,
          message: `Expected ${setting.client} to send nothing to ${request.path} before its reset; ${count(early.length, "request")} came early, one ${formatDuration(request.receivedAt - refusal.request.at)} after the 10006 of ${setting.date(refusal.request.at)}, which named ${refusal.named}: it had to wait ${formatDuration(refusal.untilMs - refusal.request.at)}. See journal line ${request.seq}.`,
          evidence: [evidence(refusal.request, "10006"), evidence(request, `${requestText(request)} came early`)],
          // Had the reply been so late, the request would have been on its way.
          excuse: {
            fromAt: refusal.request.receivedAt,
            toAt: request.receivedAt,
            latenessMs: request.receivedAt - refusal.request.at - graceMs,
          },
        };
      }
      const endMs = clientEndMs(journal);
      // A wait that is over before anything would be counted says nothing.
      const waited = refusals.filter(
        ({ request: { at }, untilMs }) => untilMs <= endMs && untilMs - differMs > at + graceMs,
      );
      if (waited.length === 0) {
        const message = `Whether ${setting.client} waits for a reset could not be judged: it ended before the first one, or no wait was long enough for x${setting.compression}.`;
        return { ...shape, verdict: "unknown", measured: null, message, evidence: [] };
      }
      const message = `${setting.client} sent nothing to an endpoint before its reset, after ${count(waited.length, "refusal")} with 10006 (${kinds(waited)}).`;
      return { ...shape, verdict: "pass", measured: 0, message, evidence: [] };
    },
  };
}

interface Closed {
  refusal: Refusal;
  /** From when and until when the client is held to it. */
  fromMs: number;
  toMs: number;
}

const isIn = ({ refusal, fromMs, toMs }: Closed, { path, receivedAt }: Request): boolean =>
  refusal.request.path === path && receivedAt > fromMs && receivedAt < toMs;

const sinceRefusalMs = ({ request, refusal }: { request: Request; refusal: Refusal }): number =>
  request.receivedAt - refusal.request.at;

const kinds = (refusals: readonly Refusal[]): string =>
  [...Map.groupBy(refusals, ({ named }) => named)].map(([named, some]) => `${some.length} named ${named}`).join(", ");
