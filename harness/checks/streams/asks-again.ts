/**
 * A topic whose subscription was refused, or not carried out without a word, is asked for again within a time, and is
 * carried in the end. `already subscribed` is no refusal of the topic that it names. Judged from the server's side.
 */

import { formatDuration } from "../../../core/units.ts";
import { isRefused, type StreamRequest } from "../../evidence/streams.ts";
import type { EndpointOption } from "../../incident/check.ts";
import { within } from "../../verdicts/within.ts";

export const asksAgain = within<{ within: number } & EndpointOption>("asks-again", {
  asks: ({ within }) => `asks again within ${formatDuration(within)} for a topic that was refused or not answered`,
  todo: "ask for the topic again",
  unjudged: "none of its subscriptions failed",
  occasions(evidence, { endpoint = "exchange-public" }) {
    const streams = evidence.streams(endpoint);
    const asked = streams
      .flatMap(({ requests }) => requests.filter(({ op }) => op === "subscribe"))
      .toSorted((a, b) => a.seq - b.seq);
    return streams.flatMap(({ requests, topics, closed }) =>
      requests.filter(isRefused).flatMap((event) => {
        const { at, seq, text, connection } = event;
        const carried = topics.filter(({ heldAt = Infinity, leftAt = Infinity }) => heldAt <= at && leftAt > at);
        return event.topics
          .filter((topic) => !text.endsWith(`already subscribed,topic:${topic}`))
          .filter((topic) => !carried.some((one) => one.topic === topic))
          .map((topic) => {
            const again = asked.find((one) => one.seq > seq && one.topics.includes(topic));
            const what = `its subscription of ${topic} ${howOf(event)} on ${connection}`;
            // Asking on another stream is asking; on one that is gone nobody can.
            const by = again === undefined && closed !== undefined ? { by: closed.at } : {};
            return { event, what, at, until: again?.at, ...by };
          });
      }),
    );
  },
});

const howOf = ({ answered, text }: StreamRequest): string =>
  answered ? `was refused ("${text}")` : "was not answered";
