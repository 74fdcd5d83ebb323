/**
 * A topic that goes silent while its stream lives is subscribed again within a time, on the same stream or on another.
 * Judged from the server's side. That topics which are rightly quiet are left alone is another check.
 */

import { formatDuration } from "../../../core/units.ts";
import type { EndpointOption } from "../../incident/check.ts";
import { within } from "../../verdicts/within.ts";

export const renewsSilentTopics = within<{ within: number } & EndpointOption>("renews-silent-topics", {
  asks: ({ within }) => `subscribes anew within ${formatDuration(within)} to a topic that went silent`,
  todo: "subscribe to the topic anew",
  unjudged: "none of its topics went silent",
  occasions(evidence, { endpoint = "exchange-public" }) {
    const asked = evidence.streams(endpoint).flatMap(({ topics }) => topics);
    return evidence.hits(endpoint, "silence").flatMap(({ event, connection, topics, at, healedAt }) =>
      topics.map((topic) => {
        const again = asked.find((one) => one.topic === topic && one.askedAt > at);
        return { event, what: `${topic} went silent on ${connection}`, at, until: again?.askedAt, by: healedAt };
      }),
    );
  },
});
