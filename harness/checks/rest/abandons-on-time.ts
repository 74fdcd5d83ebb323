/**
 * A request that is never answered is given up by the client, each operation after its own time: not earlier, because
 * what is large or slow by nature needs it, and not later. Measured at the exchange, from the request's arrival to the
 * end of its connection.
 */

import { formatDuration } from "../../../core/units.ts";
import type { Evidence } from "../../evidence/evidence.ts";
import { lastedMs, type Request } from "../../evidence/requests.ts";
import { atMost, type Measured } from "../../verdicts/figure.ts";

export interface AbandonsOnTimeOptions {
  /** Path -> how long a request there may take, ms. */
  after: Readonly<Record<string, number>>;
  /** 0.1 is a tenth more or less. */
  tolerance: number;
}

export const abandonsOnTime = atMost<AbandonsOnTimeOptions>("abandons-on-time", {
  asks: ({ after, tolerance }) =>
    `gives up what is not answered after ${Object.values(after).map(formatDuration).join(", ")} by operation, ±${percent(tolerance)} %`,
  unit: "%",
  limit: ({ tolerance }) => percent(tolerance),
  todo: ({ tolerance }) =>
    `give up a request that is not answered at its operation's own time, ±${percent(tolerance)} %`,
  unjudged: "it gave up no request",
  cases(evidence, { after, tolerance }) {
    const byPath = Object.entries(after).map(([path, afterMs]) => ({
      path,
      cases: evidence.requests().flatMap((one) => (one.path === path ? hung(evidence, one, afterMs, tolerance) : [])),
    }));
    const cases = byPath.flatMap((one) => one.cases);
    const never = byPath.filter((one) => one.cases.length === 0).map(({ path }) => path);
    const inTime = cases.every(({ value }) => value <= percent(tolerance));
    return inTime && never.length > 0 ? `it gave up no request to ${never.join(", ")}` : cases;
  },
});

const percent = (share: number): number => Math.round(share * 1_000) / 10;

function hung(evidence: Evidence, event: Request, afterMs: number, tolerance: number): Measured[] {
  const endMs = evidence.endMs();
  const { path, receivedAt, outcome } = event;
  // What was still open when the client ended is judged by how long it had been.
  const wasOpen = event.at > endMs || outcome !== "abandoned";
  const ms = wasOpen ? Math.min(event.at, endMs) - receivedAt : lastedMs(event);
  const offMs = Math.abs(ms - afterMs);
  if (wasOpen && ms / afterMs - 1 <= tolerance) return [];
  const how = wasOpen ? "still waited for one" : `gave one up ${ms < afterMs ? "already" : "only"}`;
  const seen = `it ${how} after ${formatDuration(ms)} of ${path}, which has ${formatDuration(afterMs)}; it had come at ${evidence.date(receivedAt)}`;
  const excuse = { fromAt: receivedAt - offMs, toAt: event.at, latenessMs: offMs - tolerance * afterMs };
  return [
    { event, what: `${path}, ${formatDuration(ms)}`, at: receivedAt, value: (offMs / afterMs) * 100, seen, excuse },
  ];
}
