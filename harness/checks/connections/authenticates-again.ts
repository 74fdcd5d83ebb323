/**
 * A session that the server takes for expired is authenticated again within a time of when that showed: of the close, or of
 * the first request that was not answered. On the same connection or on a new one. Judged from the server's side.
 */

import { formatDuration } from "../../../core/units.ts";
import { within } from "../../verdicts/within.ts";

const endpoint = "signal";

export const authenticatesAgain = within<{ within: number }>("authenticates-again", {
  asks: ({ within }) => `authenticates again within ${formatDuration(within)} of its session's end`,
  todo: "authenticate again",
  unjudged: "none of its sessions ended",
  occasions(evidence) {
    const rules = evidence.faults(endpoint).flatMap((fault) => fault.rules);
    const sessions = evidence.all("connection.authenticated").filter((event) => event.endpoint === endpoint);
    const hits = evidence.all("rule.hit").filter(({ rule }) => rules.includes(rule));
    // The first hit of a session: what follows until it is authenticated again is of the same.
    return sessions.flatMap((session, n) => {
      const next = sessions[n + 1];
      const hit = hits.find(({ at }) => at >= session.at && at < (next?.at ?? Infinity));
      if (hit === undefined) return [];
      return [{ event: hit, what: `the session of ${hit.connection} had expired`, at: hit.at, until: next?.at }];
    });
  },
});
