/**
 * A wave is processed within a time of its check, or of its last signal where that comes later: every signal has an order
 * that the exchange has accepted. Report B's own good run took 4.43 s.
 */

import { formatDuration } from "../../../core/units.ts";
import { waveOrdersOf } from "../../evidence/orders/signal-orders.ts";
import { within } from "../../verdicts/within.ts";

export const processesWaves = within<{ within: number }>("processes-waves", {
  asks: ({ within }) => `has an order accepted for each signal of a wave within ${formatDuration(within)} of its check`,
  todo: "have an order for each of its signals",
  unjudged: "no wave was due while the scenario ran",
  occasions: (evidence) =>
    waveOrdersOf(evidence).map(({ timestamp, event, fromAt, orderedAt }) => {
      return { event, what: `wave ${timestamp} was there to be traded`, at: fromAt, until: orderedAt };
    }),
});
