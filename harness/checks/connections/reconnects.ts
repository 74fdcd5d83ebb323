/**
 * After a fault took a connection away, whatever the close code, the client is connected again within a time. The first
 * loss of each fault is measured: later ones in the same fault are the business of backoff, but for one that no dial
 * follows at all. Judged from the server's side, on any endpoint.
 */

import { formatDuration } from "../../../core/units.ts";
import { closeText } from "../../evidence/streams.ts";
import { within } from "../../verdicts/within.ts";

/** So many times its limit without a dial is no backoff any more. */
const never = 10;

export const reconnects = within<{ within: number }>("reconnects", {
  asks: ({ within }) => `dials again within ${formatDuration(within)} of a lost connection`,
  todo: "dial again",
  unjudged: "no fault took a connection from it",
  occasions: (evidence, { within }) =>
    evidence.faults().flatMap(({ fault, endpoint }) => {
      const losses = evidence.losses().flatMap(({ event, steps, ...loss }) => {
        if (loss.fault !== fault || loss.endpoint !== endpoint || loss.how !== "closed") return [];
        if (event.type !== "connection.closed") return [];
        const { at } = event;
        const stopAt = evidence.journal.first("client.stopping", () => true, at)?.at ?? evidence.journal.endMs;
        return [{ event, what: closeText(event), at, until: steps.openedAt ?? undefined, by: stopAt }];
      });
      return losses.filter(({ until = Infinity, by, at }, n) => n === 0 || (until > by && by - at >= never * within));
    }),
});
