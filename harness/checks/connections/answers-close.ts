/** A close frame is answered at once, as the protocol asks: a server that waits for it holds the connection open. */

import { formatDuration } from "../../../core/units.ts";
import { closeText } from "../../evidence/streams.ts";
import { streamEndpoints } from "../../incident/endpoints.ts";
import { within } from "../../verdicts/within.ts";

export const answersClose = within<{ within: number }>("answers-close", {
  asks: ({ within }) => `answers a close frame within ${formatDuration(within)}`,
  todo: "answer a close frame",
  unjudged: "none of its streams was closed with a close frame",
  occasions: (evidence) =>
    streamEndpoints.flatMap(evidence.streams).flatMap(({ closed, closeAnswered }) => {
      if (closed?.by !== "server" || closed.how !== "close-frame") return [];
      const at = closeAnswered === undefined ? closed.at : closeAnswered.at - closeAnswered.afterMs;
      // The connection is over: one that is not answered by now never is.
      return [{ event: closed, what: closeText(closed), at, until: closeAnswered?.at, by: Infinity }];
    }),
});
