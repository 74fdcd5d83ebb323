/**
 * The client's own JSON pings come on every stream at least so often, whatever else it has to do: a heartbeat that waits
 * behind data is none. From the opening of a stream to its end, or to the client's. Judged from the server's side.
 */

import { formatDuration } from "../../../core/units.ts";
import type { EndpointOption } from "../../incident/check.ts";
import { within } from "../../verdicts/within.ts";

export const pingsOnSchedule = within<{ every: number } & EndpointOption>("pings-on-schedule", {
  asks: ({ every }) => `pings every stream at least every ${formatDuration(every)}`,
  limit: ({ every }) => every,
  todo: "ping",
  unjudged: "it opened no stream",
  occasions: (evidence, { endpoint = "exchange-public" }) =>
    evidence.streams(endpoint).flatMap(({ connection, opened, closed, requests }) => {
      const pings = requests.filter(({ op }) => op === "ping");
      const by = closed === undefined ? {} : { by: closed.at };
      return [opened, ...pings].map((event, n) => {
        const what = n === 0 ? `it opened ${connection}` : `its ping on ${connection}`;
        return { event, what, at: event.at, until: pings[n]?.at, ...by };
      });
    }),
});
