/**
 * Every stream that the client loses is dialled again within a time, whatever ended it: any close code, a reset, the end
 * of the TCP connection, or the client itself that gave it up. Each dial answers one loss, so three losses need three;
 * which one is known by the topics that are taken up. Judged from the server's side, also of streams that no fault took.
 */

import { formatDuration, seconds } from "../../../core/units.ts";
import type { Evidence } from "../../evidence/evidence.ts";
import { carriesOn, closeText, wasLost, type Closed, type Stream } from "../../evidence/streams.ts";
import type { EndpointOption } from "../../incident/check.ts";
import { within } from "../../verdicts/within.ts";

export interface RedialsOptions extends EndpointOption {
  within: number;
  /** For a stream that was lost again before it had been stable for half a minute: backoff may grow so far. */
  atMost?: number;
}

const stableMs = seconds(30);

export const redials = within<RedialsOptions>("redials", {
  asks: ({ within }) => `dials again within ${formatDuration(within)} of losing a stream`,
  todo: "dial again",
  unjudged: "it lost no stream",
  occasions(evidence, { within, atMost = seconds(60), endpoint = "exchange-public" }) {
    const streams = evidence.streams(endpoint);
    const dials = evidence.dials(endpoint).filter(({ at }) => at <= evidence.endMs());
    const taken = new Set<string>();
    return streams.filter(wasLostOrGivenUp(evidence, endpoint)).flatMap((lost) => {
      const { closed, connection } = lost;
      const lostAt = lost.closeAnswered?.at ?? closed.at;
      // On a stream that was given up before anything was asked for, nothing was lost.
      if (lostAt > evidence.endMs() || lost.topics.length === 0) return [];
      const dial = dials.find(({ at, connection: dialled }) => {
        if (dialled === connection || taken.has(dialled)) return false;
        const successor = streams.find((one) => one.connection === dialled);
        if (successor === undefined || successor.topics.length === 0)
          return at >= lostAt - evidence.tolerances.crossingMs;
        // It may have been there before the loss: that is the best of reconnects.
        return at > lost.opened.at && carriesOn(successor, lost);
      });
      if (dial !== undefined) taken.add(dial.connection);
      // A successor that did not last is a loss in a row.
      const inARow = taken.has(connection) && lostAt - lost.opened.at < stableMs;
      return [{ event: closed, what: closeText(closed), at: lostAt, until: dial?.at, most: inARow ? atMost : within }];
    });
  },
});

/** A client may close what a fault has made useless in good order, and not drop it. */
function wasLostOrGivenUp(evidence: Evidence, endpoint: string) {
  const troubled = evidence.hits(endpoint).filter(({ action }) => action !== "probe");
  const hits = Map.groupBy(troubled, ({ connection }) => connection);
  return (stream: Stream): stream is Stream & { closed: Closed } => {
    const { closed, connection } = stream;
    if (closed === undefined || wasLost(stream)) return closed !== undefined;
    return hits.get(connection)?.some(({ at, healedAt }) => at <= closed.at && closed.at <= healedAt) === true;
  };
}
