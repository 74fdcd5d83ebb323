/**
 * A topic that the exchange refuses, or does not grant without a word, is asked for again and not hammered: so often in
 * its busiest minute, over all connections. A machine that is late only makes it fewer. Judged from the server's side.
 */

import { count, minutes } from "../../../core/units.ts";
import { isRefused } from "../../evidence/streams.ts";
import type { EndpointOption } from "../../incident/check.ts";
import { atMost } from "../../verdicts/figure.ts";
import { busiest } from "../../verdicts/rate.ts";

export interface ThrottlesSubscriptionsOptions extends EndpointOption {
  mostPerMinute: number;
}

export const throttlesSubscriptions = atMost<ThrottlesSubscriptionsOptions>("throttles-subscriptions", {
  asks: ({ mostPerMinute }) =>
    `asks for a topic that is refused or not answered at most ${count(mostPerMinute, "time")} a minute`,
  unit: "requests a minute",
  limit: ({ mostPerMinute }) => mostPerMinute,
  todo: ({ mostPerMinute }) => `ask for a topic that it does not get at most ${count(mostPerMinute, "time")} a minute`,
  unjudged: "none of its subscriptions failed",
  cases(evidence, { endpoint = "exchange-public" }) {
    const asked = evidence
      .streams(endpoint)
      .flatMap(({ requests }) => requests.filter(({ op }) => op === "subscribe"))
      .toSorted((a, b) => a.seq - b.seq);
    const failed = new Set(asked.filter(isRefused).flatMap(({ topics }) => topics));
    return [...failed].flatMap((topic) => {
      const minute = busiest(
        asked.filter(({ topics }) => topics.includes(topic)),
        ({ at }) => at,
        minutes(1),
      );
      const [first] = minute;
      if (first === undefined) return [];
      const seen = `it asked for ${topic} ${count(minute.length, "time")} in the minute from ${evidence.date(first.at)}`;
      const what = `it asked for ${topic} on ${first.connection}`;
      return [{ event: first, what, at: first.at, value: minute.length, seen }];
    });
  },
});
