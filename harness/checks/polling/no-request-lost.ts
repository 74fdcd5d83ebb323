/**
 * Each poll ends in an answer: none is given up before the next one is due. Known from the values that the exchange sent,
 * by the client's own rhythm (`evidence/polls.ts`), because a request that was lost on its way was seen by nobody.
 */

import { count, formatDuration } from "../../../core/units.ts";
import { never } from "../../verdicts/never.ts";

/** A value that comes just before the second next one is due is late, and is not lost. */
const slack = 0.1;

export const noRequestLost = never<object>("no-request-lost", {
  asks: "has an answer to each poll before the next one is due",
  unit: "requests",
  todo: "have an answer to each poll before the next one is due",
  unjudged: "it polled nothing often enough to have a rhythm",
  violations: (evidence) =>
    evidence.valueGaps().flatMap(({ of, from: event, toAt, ms }) => {
      const times = Math.floor(ms / of.rhythmMs + slack) - 1;
      if (times <= 0) return [];
      const what = `polled ${of.name} every ${formatDuration(of.rhythmMs)} and had no answer for ${formatDuration(ms)}`;
      // On time for the second next poll, less the slack, it would have been none.
      const excuse = { fromAt: event.at, toAt, latenessMs: ms - (2 - slack) * of.rhythmMs };
      return [{ event, what, at: event.at, times, excuse }];
    }),
  looked(evidence) {
    const { length } = evidence.valueGaps();
    return length === 0 ? undefined : `to each of ${count(length, "poll")}`;
  },
});
