/** A wave is done within a time of its check: every one of its orders was accepted, and answered. Judged from the wire. */

import { formatDuration } from "../../../core/units.ts";
import { waveOrdersOf } from "../../evidence/orders/signal-orders.ts";
import { within } from "../../verdicts/within.ts";

export const completesWaves = within<{ within: number }>("completes-waves", {
  asks: ({ within }) => `is done with a wave, each order answered, within ${formatDuration(within)} of its check`,
  todo: "be done with it",
  unjudged: "no wave was due while the scenario ran",
  occasions: (evidence) =>
    waveOrdersOf(evidence).map(({ timestamp, event, fromAt, answeredAt }) => {
      return { event, what: `wave ${timestamp} was there to be traded`, at: fromAt, until: answeredAt };
    }),
});
