/**
 * A dial that failed, whether it was refused or given up, is followed by another within a time, for as long as the
 * client runs. A client that stops after some tries is down for good, while its process looks well. Each failure needs a
 * dial of its own. Judged from the server's side.
 */

import { formatDuration } from "../../../core/units.ts";
import type { EndpointOption } from "../../incident/check.ts";
import { within } from "../../verdicts/within.ts";

export const keepsDialling = within<{ within: number } & EndpointOption>("keeps-dialling", {
  asks: ({ within }) => `dials again within ${formatDuration(within)} of every dial that failed`,
  todo: "dial again",
  unjudged: "none of its dials failed",
  occasions(evidence, { endpoint = "exchange-public" }) {
    const endMs = evidence.endMs();
    const dials = evidence.dials(endpoint).filter(({ at }) => at <= endMs);
    const taken = new Set<string>();
    return dials
      .flatMap(({ outcome, ended, dialled, connection }) => {
        const failed = ended !== undefined && ended.at <= endMs && outcome !== "opened";
        const what = `${connection} was ${outcome === "refused" ? "refused" : "given up"}`;
        return failed ? [{ event: dialled, what, at: ended.at }] : [];
      })
      .toSorted((a, b) => a.at - b.at)
      .map((failure) => {
        const next = dials.find(({ at, connection }) => at > failure.at && !taken.has(connection));
        if (next !== undefined) taken.add(next.connection);
        return { ...failure, until: next?.at };
      });
  },
});
