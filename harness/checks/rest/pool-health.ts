/**
 * A client whose pool is nearly used up says so, before the next burst has to queue: telemetry `pool` with `share`, from 0
 * to 1. Only the client can say how full its pool is, so one without telemetry is not judged; that the pool was full is
 * seen by the exchange, from requests in its hands.
 */

import { formatDuration, seconds } from "../../../core/units.ts";
import { firstAbove } from "../../evidence/rest-connections.ts";
import { anyTelemetry } from "../../verdicts/needs.ts";
import { within } from "../../verdicts/within.ts";

export interface PoolHealthOptions {
  /** Connections of the pool. */
  limit: number;
  /** The share of it above which it has to report it. */
  above: number;
}

/** From the first moment that so many were in use. */
const withinMs = seconds(10);

export const poolHealth = within<PoolHealthOptions>("pool-health", {
  asks: ({ above }) =>
    `says within ${formatDuration(withinMs)} that more than ${Math.round(above * 100)} % of its pool is in use`,
  needs: anyTelemetry("pool"),
  limit: () => withinMs,
  todo: 'say so (telemetry "pool")',
  unjudged: ({ limit, above }) => `the exchange never had more than ${limit * above} of its requests in hand`,
  occasions(evidence, { limit, above }) {
    const event = firstAbove(evidence.journal, limit * above);
    if (event === undefined) return [];
    const report = evidence.reports("pool").find(({ data }) => data.share > above);
    const what = `more than ${Math.round(above * 100)} % of its pool was in use`;
    return [
      {
        event,
        what,
        at: event.receivedAt,
        until: report === undefined ? undefined : Math.max(report.at, event.receivedAt),
      },
    ];
  },
});
