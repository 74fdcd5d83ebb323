/**
 * A feed on which requests for signals are not answered is of no use, though it is open and its pings come back: within a
 * time of the first such request the client connects anew. Judged from the server's side.
 */

import { formatDuration } from "../../../core/units.ts";
import { within } from "../../verdicts/within.ts";

const endpoint = "signal";

export const recoversUnansweredFeed = within<{ within: number }>("recovers-unanswered-feed", {
  asks: ({ within }) => `connects anew within ${formatDuration(within)} of a request for signals that is not answered`,
  todo: "connect anew",
  unjudged: "none of its requests for signals was left without an answer",
  occasions(evidence) {
    const first = evidence.all("signal.request").find(({ request, answered, connection }) => {
      const closed = evidence.streams(endpoint).find((stream) => stream.connection === connection)?.closed;
      return request === "get_signals" && !answered && closed?.by !== "server";
    });
    if (first === undefined) return [];
    const next = evidence.streams(endpoint).find(({ opened }) => opened.at > first.at);
    const what = `${first.connection} had no answer to a request for signals`;
    return [{ event: first, what, at: first.at, until: next?.opened.at }];
  },
});
