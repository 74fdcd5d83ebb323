/**
 * What a client was subscribed to on a stream that it lost is subscribed again within a time, on the same path, whatever
 * connection carries it then. A client that comes back without its topics is connected to nothing. Judged from the
 * server's side: a topic counts when its subscription was carried out. It is measured from the last time that the topic's
 * stream was lost, because how soon it is dialled again and again is another check's business.
 */

import { formatDuration } from "../../../core/units.ts";
import { closeText, heldAgainAt, wantedOf, wasLost } from "../../evidence/streams.ts";
import type { EndpointOption } from "../../incident/check.ts";
import { theLast } from "../../verdicts/the-last.ts";
import { within } from "../../verdicts/within.ts";

export const resubscribes = within<{ within: number } & EndpointOption>("resubscribes", {
  asks: ({ within }) => `has every topic of a lost stream again within ${formatDuration(within)}`,
  todo: "have its topics again",
  unjudged: "it lost no stream that carried any topic",
  occasions(evidence, { within, endpoint = "exchange-public" }) {
    const streams = evidence.streams(endpoint);
    return streams.filter(wasLost).flatMap((lost) => {
      const { closed, path } = lost;
      const others = streams.filter((other) => other !== lost && other.path === path);
      const topics = wantedOf(lost).map((name) => ({ name, at: heldAgainAt(others, name, closed.at) }));
      if (closed.at > evidence.endMs() || topics.length === 0) return [];
      return [
        { event: closed, what: closeText(closed), at: closed.at, ...theLast("topic", topics, closed.at + within) },
      ];
    });
  },
});
