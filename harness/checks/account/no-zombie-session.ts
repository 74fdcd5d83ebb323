/**
 * A private connection on which the exchange did not accept the auth is not kept: it looks alive and nothing will ever come on it.
 */

import { formatDuration } from "../../../core/units.ts";
import { lineOf } from "../../incident/check.ts";
import { within } from "../../verdicts/within.ts";

export const noZombieSession = within<{ within: number }>("no-zombie-session", {
  asks: ({ within }) => `keeps no private connection for more than ${formatDuration(within)} without a successful auth`,
  todo: "be authenticated or to have closed the connection",
  unjudged: "it had no private connection whose auth failed",
  occasions(evidence) {
    const streams = evidence.streams("exchange-private");
    const failed = streams.some(
      ({ authAck, closed }) => authAck === undefined || authAck.at > (closed?.at ?? Infinity),
    );
    if (!failed) return [];
    return streams.map(({ opened, closed, authAck, requests, connection }) => {
      const overAt = Math.min(authAck?.at ?? Infinity, closed?.at ?? Infinity);
      const proof = requests.find(({ op }) => op === "auth");
      const answer =
        proof === undefined ? [] : [lineOf(proof, `auth was answered: ${proof.answered ? proof.text : "not at all"}`)];
      const until = overAt === Infinity ? undefined : overAt;
      return { event: opened, what: `${connection} was opened`, at: opened.at, until, more: answer };
    });
  },
});
