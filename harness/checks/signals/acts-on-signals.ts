/**
 * Each signal has its order within a time of when it could be traded: of its appearing, or of its wave's check where that
 * is later and the client trades on the wave grid. A signal that comes minutes after the check is traded as well, at once.
 */

import { formatDuration } from "../../../core/units.ts";
import { signalOrdersOf } from "../../evidence/orders/signal-orders.ts";
import { within } from "../../verdicts/within.ts";

export const actsOnSignals = within<{ within: number }>("acts-on-signals", {
  asks: ({ within }) => `trades each signal within ${formatDuration(within)} of its appearing or its wave's check`,
  todo: "trade it",
  unjudged: "no wave was due while the scenario ran",
  occasions: (evidence) =>
    signalOrdersOf(evidence).map(({ signal, appeared, fromAt, order }) => {
      const what = `the signal ${signal.id} was there to be traded`;
      return { event: appeared, what, at: fromAt, until: order?.at };
    }),
});
