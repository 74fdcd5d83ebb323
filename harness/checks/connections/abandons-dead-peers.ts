/**
 * A half-open stream, on which nobody answers any more, is noticed and closed within a time: the TCP connection itself,
 * so that nothing can be sent on it again. Judged from the server's side, which goes on seeing what the client does to
 * a stream that it has stalled. That it dials a new one is another check.
 */

import { formatDuration } from "../../../core/units.ts";
import type { EndpointOption } from "../../incident/check.ts";
import { within } from "../../verdicts/within.ts";

export const abandonsDeadPeers = within<{ within: number } & EndpointOption>("abandons-dead-peers", {
  asks: ({ within }) => `closes a stream on which nobody answers within ${formatDuration(within)}`,
  todo: "close the stream",
  unjudged: "none of its streams went dead",
  occasions: (evidence, { endpoint = "exchange-public" }) =>
    evidence.hits(endpoint, "stall").map(({ event, connection, at, healedAt }) => {
      const closed = evidence.streams(endpoint).find((stream) => stream.connection === connection)?.closed;
      return { event, what: `${connection} went dead`, at, until: closed?.at, by: healedAt };
    }),
});
