/**
 * A link on which nothing gets through any more, as when packets are dropped, is given up within a time: the client closes
 * it or dials anew. Judged at the proxy, which sees what the client does to a connection that it holds.
 */

import { formatDuration } from "../../../core/units.ts";
import type { EndpointOption } from "../../incident/check.ts";
import { within } from "../../verdicts/within.ts";

export const leavesDeadLinks = within<{ within: number } & EndpointOption>("leaves-dead-links", {
  asks: ({ within }) => `closes a link on which nothing gets through, or dials anew, within ${formatDuration(within)}`,
  todo: "close it or dial anew",
  unjudged: "no link of its went dead",
  occasions: (evidence, { endpoint = "exchange-public" }) =>
    evidence.faults(endpoint).flatMap(({ silences, toxics, healedAt: by }) => {
      const hit = evidence.all("proxy.toxic-hit").find(({ toxic }) => toxics.includes(toxic));
      if (!silences || hit === undefined) return [];
      const after = (event: { at: number; seq: number; endpoint: string }) =>
        event.endpoint === endpoint && event.seq > hit.seq;
      const dialled = evidence.all("proxy.connection-opened").find(after);
      const closed = evidence
        .all("proxy.connection-closed")
        .find((event) => after(event) && event.connection === hit.connection);
      const moments = [dialled, closed].flatMap((event) => (event === undefined ? [] : [event.at]));
      const until = moments.length === 0 ? undefined : Math.min(...moments);
      return [{ event: hit, what: `${hit.connection} went dead`, at: hit.at, until, by }];
    }),
});
