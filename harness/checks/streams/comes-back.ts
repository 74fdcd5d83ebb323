/**
 * When a fault is over, the client has all its topics again within a time, however long the fault was and whatever the
 * client did meanwhile. It is measured from the heal, because before it nobody could have come back. Only faults that
 * took topics away are looked at. Judged from the server's side.
 */

import { formatDuration } from "../../../core/units.ts";
import { heldFrom, wasMissing } from "../../evidence/topics.ts";
import type { EndpointOption } from "../../incident/check.ts";
import { theLast } from "../../verdicts/the-last.ts";
import { within } from "../../verdicts/within.ts";

export const comesBack = within<{ within: number } & EndpointOption>("comes-back", {
  asks: ({ within }) => `has all topics again within ${formatDuration(within)} of the end of a fault`,
  todo: "have all its topics",
  unjudged: "no fault took a topic from it",
  occasions(evidence, { within, endpoint = "exchange-public" }) {
    const faults = evidence.faults(endpoint);
    return faults.flatMap(({ proven, what, armedAt, healedAt: at }) => {
      const lost = evidence.topics(endpoint).filter((topic) => wasMissing(topic, armedAt, at));
      const next = faults.find((fault) => fault.armedAt > at)?.armedAt;
      const by = Math.min(next ?? Infinity, evidence.endMs());
      const topics = lost.map((topic) => ({ name: topic.topic, at: heldFrom(topic, at) }));
      const back = theLast("topic", topics, Math.min(at + within, by));
      return lost.length === 0 ? [] : [{ event: proven, what: `${what} was over`, at, by, ...back }];
    });
  },
});
