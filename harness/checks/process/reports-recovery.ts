/**
 * A client that has called itself not well says when it is well again, within a time of the end of the fault: an operator
 * who is told so for ever stops to look. It needs telemetry: `{"firedrill":"health","status":"ok" | anything else}`.
 */

import { formatDuration } from "../../../core/units.ts";
import type { EndpointOption } from "../../incident/check.ts";
import { telemetry } from "../../verdicts/needs.ts";
import { within } from "../../verdicts/within.ts";
import { isWell } from "./reports-degraded.ts";

export const reportsRecovery = within<{ within: number } & EndpointOption>("reports-recovery", {
  asks: ({ within }) => `says that it is well again within ${formatDuration(within)} of the end of a fault`,
  needs: telemetry("health"),
  todo: "say that it is well again",
  unjudged: "it had not called itself unwell when a fault was over",
  occasions(evidence, { endpoint = "exchange-public" }) {
    const reports = evidence.reports("health");
    return evidence.faults(endpoint).flatMap(({ proven, what, healedAt: at }) => {
      const then = reports.findLast((report) => report.at <= at);
      if (then === undefined || isWell(then)) return [];
      const well = reports.find((report) => report.at > at && isWell(report));
      const last = reports.at(-1) ?? then;
      const seen = well === undefined ? { seen: `it still called itself "${last.data.status}" in the end` } : {};
      return [{ event: proven, what: `${what} was over`, at, until: well?.at, ...seen }];
    });
  },
});
