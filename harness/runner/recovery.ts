/**
 * The recovery spans, computed once from the journal for every endpoint: how long the client took from losing it to each
 * step of being back. The result tells the longest blackout of the run; a check asks for all:
 *
 *     for (const loss of lossesOf(journal)) {
 *       if (loss.endpoint === "exchange-public") spansOf(loss).reconnectMs; // or the moments: loss.steps.dialledAt
 *     }
 *
 * A loss begins where a fault took the connection, or landed on one that it left open; what the client or its operator
 * ended is none. See `recovery/loss.ts` for what a loss holds. A run whose proxy is a Toxiproxy shows fewer: nobody
 * tells there which connections a toxic met.
 */

import type { JournalView } from "../../core/journal/view.ts";
import { causesOf, concerns } from "./recovery/causes.ts";
import { spansOf, type Loss } from "./recovery/loss.ts";
import { restLosses } from "./recovery/rest-losses.ts";
import { streamLosses } from "./recovery/stream-losses.ts";
import type { Recovery } from "./result.ts";

export { spansOf, type Loss, type Steps } from "./recovery/loss.ts";

export const noRecovery: Recovery = {
  detectMs: null,
  reconnectMs: null,
  authenticateMs: null,
  resubscribeMs: null,
  firstDataMs: null,
  blackoutMs: null,
};

const streams = ["exchange-public", "exchange-private", "exchange-trade", "signal"];

/** All losses that faults caused, in the order they began. */
export function lossesOf(journal: JournalView): Loss[] {
  const causes = causesOf(journal);
  const hit = streams.filter((endpoint) => causes.some((cause) => concerns(cause, endpoint)));
  const losses = [
    ...hit.flatMap((endpoint) => streamLosses(journal, endpoint, causes)),
    ...restLosses(journal, causes),
  ];
  return losses.toSorted((a, b) => a.at - b.at);
}

/** Of all losses the one that took the longest to get over, which is one that was never got over; else null spans. */
export function recoveryOf(journal: JournalView): Recovery {
  const spans = lossesOf(journal).map(spansOf);
  return spans.toSorted((a, b) => (b.blackoutMs ?? Infinity) - (a.blackoutMs ?? Infinity))[0] ?? noRecovery;
}
