/**
 * A client whose market data are dead says so within a time, and says when it is well again: health is the freshness of
 * data and not that a process lives. It needs telemetry: `{"firedrill":"health","status":"ok" | anything else}`.
 */

import { formatDuration } from "../../../core/units.ts";
import type { EndpointOption } from "../../incident/check.ts";
import { telemetry } from "../../verdicts/needs.ts";
import { within } from "../../verdicts/within.ts";

export const reportsDegraded = within<{ within: number } & EndpointOption>("reports-degraded", {
  asks: ({ within }) => `says that it is not well within ${formatDuration(within)} of the death of its data`,
  needs: telemetry("health"),
  todo: "say that it is not well",
  unjudged: "its data did not die",
  occasions(evidence, { endpoint = "exchange-public" }) {
    const reports = evidence.reports("health");
    return evidence.faults(endpoint).map(({ proven, what, landedAt: at, healedAt: by }) => {
      // A client may report its health again and again; one that was not well before has to say nothing new.
      const before = reports.findLast((report) => report.at <= at);
      const reported = reports.find((report) => report.at > at && report.data.status !== "ok");
      const until = before !== undefined && before.data.status !== "ok" ? at : reported?.at;
      return { event: proven, what: `${what} had hit`, at, until, by };
    });
  },
});
