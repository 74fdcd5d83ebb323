/**
 * The recovery spans, computed once from the journal for every endpoint: how long the client took from losing it to each
 * step of being back. The result shows the longest blackout of the run; a check asks for all:
 *
 *     for (const loss of lossesOf(journal)) {
 *       if (loss.endpoint === "exchange-public") spansOf(loss).reconnectMs; // or the moments: loss.steps.dialledAt
 *     }
 *
 * A loss begins where a fault took the connection, or landed on one that it left open; what the client or its operator
 * ended is none. See `recovery/loss.ts` for what a loss holds. A run whose proxy is a Toxiproxy shows fewer: nobody
 * reports there which connections a toxic met.
 */

import type { JournalView } from "../../../core/journal/view.ts";
import { streamEndpoints } from "../../incident/endpoints.ts";
import { causesOf, concerns } from "./causes.ts";
import { once } from "../once.ts";
import type { Tolerances } from "../tolerances.ts";
import { noSteps, spansOf, type Loss, type Recovery } from "./loss.ts";
import { restLosses } from "./rest-losses.ts";
import { streamLosses } from "./stream-losses.ts";

export { spansOf, type Loss, type Steps } from "./loss.ts";

export const noRecovery: Recovery = spansOf({ at: 0, steps: noSteps });

type Late = Pick<Tolerances, "endSeenLateMs">;

/** All losses that faults caused, in the order they began. */
export const lossesOf = (journal: JournalView, { endSeenLateMs }: Late): Loss[] => allLosses(journal, endSeenLateMs);

const allLosses = once((journal: JournalView, endSeenLateMs: number): Loss[] => {
  const causes = causesOf(journal);
  const hit = streamEndpoints.filter((endpoint) => causes.some((cause) => concerns(cause, endpoint)));
  const losses = [
    ...hit.flatMap((endpoint) => streamLosses(journal, endpoint, causes, endSeenLateMs)),
    ...restLosses(journal, causes),
  ];
  return losses.toSorted((a, b) => a.at - b.at);
});

/** Of all losses the one that took the longest to get over, which is one that was never got over; else null spans. */
export function recoveryOf(journal: JournalView, late: Late): Recovery {
  const spans = lossesOf(journal, late).map(spansOf);
  return spans.toSorted((a, b) => (b.blackoutMs ?? Infinity) - (a.blackoutMs ?? Infinity))[0] ?? noRecovery;
}
