/**
 * A stream that is up and answers, but brings no data, is given up within a time; a new one is given the chance to bring
 * some. Judged from the server's side: how long each stream stayed while every topic was silent, and whether one was torn
 * down within its first moments.
 */

import { formatDuration, seconds } from "../../../core/units.ts";
import type { EndpointOption } from "../../incident/check.ts";
import { within, type Occasion } from "../../verdicts/within.ts";

export interface GivesUpSilentStreamsOptions extends EndpointOption {
  within: number;
  /** A stream that is younger is not torn down. */
  notBefore: number;
}

export const givesUpSilentStreams = within<GivesUpSilentStreamsOptions>("gives-up-silent-streams", {
  asks: ({ within, notBefore }) =>
    `gives up a stream without data within ${formatDuration(within)}, none in its first ${formatDuration(notBefore)}`,
  todo: "give a stream up",
  unjudged: "none of its streams was silent",
  occasions(evidence, { notBefore, endpoint = "exchange-public" }) {
    const hits = evidence.hits(endpoint, "silence");
    const fromMs = Math.min(...hits.map(({ at }) => at));
    const by = Math.min(Math.max(...hits.map(({ healedAt }) => healedAt)), evidence.endMs());
    return evidence.streams(endpoint).flatMap(({ opened, closed, connection, topics }): Occasion[] => {
      const at = Math.max(fromMs, opened.at);
      const closedAt = closed?.at ?? Infinity;
      if (at >= by || closedAt <= fromMs) return [];
      const until = closed?.by === "server" ? undefined : closed?.at;
      const silence = { event: closed ?? opened, what: `${connection} went silent`, at, until, by };
      // One that was never used was given up as a dial, before the client saw it open.
      const hasty = topics.length > 0 && until !== undefined && until <= by && until - opened.at < notBefore;
      const excuse = { fromAt: opened.at, toAt: closedAt, latenessMs: seconds(5) };
      const young = { event: opened, what: `${connection} was opened`, at: opened.at, until, least: notBefore, excuse };
      return hasty ? [silence, young] : [silence];
    });
  },
});
