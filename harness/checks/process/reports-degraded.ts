/**
 * A client whose market data are dead says so within a time: health is the freshness of data and not that a process
 * lives. One that had called itself not well when nothing was wrong says nothing by it. That it says when it is well
 * again is another check. It needs telemetry: `{"firedrill":"health","status":"ok" | anything else}`.
 */

import { formatDuration } from "../../../core/units.ts";
import type { Evidence } from "../../evidence/evidence.ts";
import type { Report } from "../../evidence/telemetry.ts";
import { lineOf, type EndpointOption } from "../../incident/check.ts";
import { telemetry } from "../../verdicts/needs.ts";
import { within } from "../../verdicts/within.ts";

interface ReportsDegradedOptions extends EndpointOption {
  within: number;
}

export const reportsDegraded = within<ReportsDegradedOptions>("reports-degraded", {
  asks: ({ within }) => `says that it is not well within ${formatDuration(within)} of the death of its data`,
  needs: telemetry("health"),
  todo: "say that it is not well",
  unjudged: "its data did not die",
  occasions(evidence, { within, endpoint = "exchange-public" }) {
    const reports = evidence.reports("health");
    return evidence.faults(endpoint).map(({ proven, what, landedAt: at, healedAt: by }) => {
      // A client may report its health again and again; one that was not well before has to say nothing new.
      const before = reports.findLast((report) => report.at <= at);
      const reported = reports.find((report) => report.at > at && !isWell(report));
      const occasion = { event: proven, what: `${what} had hit`, at, by };
      if (before === undefined || isWell(before)) return { ...occasion, until: reported?.at };
      if (hadReason(evidence, at, within)) return { ...occasion, until: at };
      const seen = `it had called itself "${before.data.status}" since ${evidence.date(sinceOf(reports, before).at)}, when nothing was wrong`;
      const more = [lineOf(before.event, "it was not well before anything was wrong")];
      return { ...occasion, until: undefined, by: Infinity, seen, more, excuse: null };
    });
  },
});

export const isWell = ({ data }: Report<"health">): boolean => data.status === "ok";

/** Another fault was there just before, or still is. */
const hadReason = (evidence: Evidence, atMs: number, recoveryMs: number): boolean =>
  evidence.troubles().some(({ landedAt, overAt }) => landedAt < atMs && overAt >= atMs - recoveryMs);

/** The first of the reports in a row that say the same. */
function sinceOf(reports: readonly Report<"health">[], last: Report<"health">): Report<"health"> {
  const until = reports.indexOf(last);
  const wellAt = reports.slice(0, until).findLastIndex(isWell);
  return reports[wellAt + 1] ?? last;
}
