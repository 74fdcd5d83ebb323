/**
 * A feed that is well is left alone, however long the next wave is in coming: the client neither closes it nor dials another.
 * How many connections it has is its own affair: it may dial them one after another at its start. Judged where no fault has
 * touched the feed.
 */

import { count, seconds } from "../../../core/units.ts";
import { never } from "../../verdicts/never.ts";

const endpoint = "signal";
/** From its first connection on, for those that it dials at its start. */
const startsWithinMs = seconds(30);

export const leavesFeedAlone = never<object>("leaves-feed-alone", {
  asks: "leaves a healthy feed alone while it waits for the next wave",
  unit: "times",
  todo: "leave a healthy feed alone",
  unjudged: "it had no connection to the feed, or a fault took it",
  violations(evidence) {
    if (evidence.faults(endpoint).length > 0) return [];
    const [first, ...others] = evidence.streams(endpoint).filter(({ opened }) => opened.at <= evidence.endMs());
    const startedMs = (first?.opened.at ?? 0) + startsWithinMs;
    const more = others.filter(({ opened }) => opened.at > startedMs);
    const closed = evidence
      .streams(endpoint)
      .flatMap(({ closed: end }) =>
        end === undefined || end.at > evidence.endMs() || end.by === "server" ? [] : [end],
      );
    return [
      ...closed.map((event) => ({ event, what: `closed ${event.connection}, which was well,`, at: event.at })),
      ...more.map(({ opened }) => ({
        event: opened,
        what: `dialled another one, ${opened.connection},`,
        at: opened.at,
      })),
    ].toSorted((a, b) => a.at - b.at);
  },
  looked(evidence) {
    const { length } = evidence.streams(endpoint);
    return length === 0 || evidence.faults(endpoint).length > 0
      ? undefined
      : `it had ${count(length, "connection")} to it`;
  },
});
