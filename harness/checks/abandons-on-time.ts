/**
 * A request that is never answered is given up by the client, each operation after its own time: not earlier, because
 * what is large or slow by nature needs it, and not later. Measured at the exchange, from the request's arrival to the
 * end of its connection.
 */

import { count, formatDuration } from "../../core/units.ts";
import { evidence, type Check } from "../check.ts";
import { clientEndMs } from "./lib/fault-times.ts";
import { leastExcused, type Excuse } from "./lib/lateness.ts";
import { requestsOf, type Request } from "./lib/requests.ts";

export interface AbandonsOnTimeOptions {
  /** Path -> how long a request there may take, ms. */
  after: Readonly<Record<string, number>>;
  /** 0.1 is a tenth more or less. */
  tolerance: number;
}

interface Hung {
  request: Request;
  /** Abandoned after so long; for one that was held for longer than allowed, so far. */
  lastedMs: number;
  afterMs: number;
  deviation: number;
}

export function abandonsOnTime({ after, tolerance }: AbandonsOnTimeOptions): Check {
  const percent = (share: number): number => Math.round(share * 1_000) / 10;
  return {
    name: "abandons-on-time",
    asks: `gives up what is not answered after ${Object.values(after).map(formatDuration).join(", ")} by operation, ±${percent(tolerance)} %`,
    judge(journal, setting) {
      const shape = { target: percent(tolerance), unit: "%" };
      const endMs = clientEndMs(journal);
      const requests = requestsOf(journal);
      const hung = Object.entries(after).map(([path, afterMs]) => ({
        path,
        requests: requests.flatMap((request) => {
          if (request.path !== path) return [];
          // What was still open when the client ended is judged by how long it had been.
          const lastedMs = Math.min(request.at, endMs) - request.receivedAt;
          const deviation = lastedMs / afterMs - 1;
          const abandoned = request.outcome === "abandoned" && request.at <= endMs;
          return abandoned || deviation > tolerance ? [{ request, lastedMs, afterMs, deviation }] : [];
        }),
      }));
      const all = hung.flatMap((one): Hung[] => one.requests);
      const off = ({ deviation }: Hung): number => Math.abs(deviation);
      const excuseOf = ({ request, lastedMs, afterMs }: Hung): Excuse => ({
        ...{ fromAt: request.receivedAt - Math.abs(lastedMs - afterMs), toAt: request.at },
        latenessMs: Math.abs(lastedMs - afterMs) - tolerance * afterMs,
      });
      const tooFarOff = all.filter((one) => off(one) > tolerance);
      const worst = leastExcused(tooFarOff, excuseOf, journal) ?? all.toSorted((a, b) => off(b) - off(a))[0];
      if (worst !== undefined && off(worst) > tolerance) {
        const { request, lastedMs, afterMs, deviation } = worst;
        return {
          ...shape,
          verdict: "fail",
          measured: percent(Math.abs(deviation)),
          message: `Expected ${setting.client} to give up a request to ${request.path} after ${formatDuration(afterMs)}; it ${seenOf(worst, endMs)}. It had come at ${setting.date(request.receivedAt)}. See journal line ${request.seq}.`,
          evidence: [evidence(request, `${request.path}, ${formatDuration(lastedMs)}`)],
          excuse: excuseOf(worst),
        };
      }
      const never = hung.filter((one) => one.requests.length === 0).map(({ path }) => path);
      if (worst === undefined || never.length > 0) {
        const message = `Whether ${setting.client} gives up in time could not be judged: it gave up no request to ${never.join(", ")}.`;
        return { ...shape, verdict: "unknown", measured: null, message, evidence: [] };
      }
      const message = `${setting.client} gave up ${count(all.length, "request")} that had no answer, at the most ${percent(Math.abs(worst.deviation))} % off the time of its operation.`;
      const proof = hung.flatMap((one) => one.requests.slice(0, 1));
      return {
        ...shape,
        verdict: "pass",
        measured: percent(Math.abs(worst.deviation)),
        message,
        evidence: proof.map(({ request, lastedMs }) =>
          evidence(request, `${request.path}, ${formatDuration(lastedMs)}`),
        ),
      };
    },
  };
}

function seenOf({ request, lastedMs, deviation }: Hung, endMs: number): string {
  if (deviation < 0) return `gave one up after ${formatDuration(lastedMs)} already`;
  if (request.outcome === "abandoned" && request.at <= endMs)
    return `gave one up only after ${formatDuration(lastedMs)}`;
  return `still waited for one after ${formatDuration(lastedMs)}`;
}
