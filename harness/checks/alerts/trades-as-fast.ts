/**
 * A webhook that hangs costs no order a millisecond: the 99th percentile from a signal to its order is no higher while the
 * webhook fails than it was before in the same run, but for a tenth, and for what two runs of one program differ by.
 */

import { formatDuration, millis } from "../../../core/units.ts";
import { signalOrdersOf, type SignalOrder } from "../../evidence/orders/signal-orders.ts";
import { atMost, type Measured } from "../../verdicts/figure.ts";

const share = 0.99;
const most = 1.1;
/** A garbage collection falls into one wave and not into the other. */
const noiseMs = millis(20);

interface Delay {
  one: SignalOrder;
  ms: number;
}

export const tradesAsFast = atMost<object>("trades-as-fast", {
  asks: "trades as fast while its webhook fails as before",
  unit: "ms",
  limit: () => 0,
  todo: "trade as fast while its webhook fails as before",
  unjudged: "it traded no signal both before and while its webhook failed",
  cases: (evidence) =>
    evidence.faults("webhook").flatMap(({ armedAt, landedAt, healedAt, what }): Measured[] => {
      const delays = signalOrdersOf(evidence).flatMap((one): Delay[] =>
        one.order === undefined ? [] : [{ one, ms: Math.max(one.order.at - one.fromAt, 0) }],
      );
      const before = worst(delays.filter(({ one }) => one.fromAt < armedAt));
      const during = worst(delays.filter(({ one }) => one.fromAt >= landedAt && one.fromAt < healedAt));
      if (before === undefined || during?.one.order === undefined) return [];
      const limit = Math.round(before.ms * most + noiseMs + evidence.tolerances.crossingMs);
      const at = during.one.fromAt;
      const seen = `the 99th percentile from a signal to its order was ${formatDuration(before.ms)} before and ${formatDuration(during.ms)} while ${what} lasted (${during.one.signal.id}, from ${evidence.date(at)})`;
      return [{ event: during.one.order, what: during.one.signal.id, at, value: during.ms, most: limit, seen }];
    }),
});

function worst(delays: readonly Delay[]): Delay | undefined {
  const sorted = delays.toSorted((a, b) => a.ms - b.ms);
  return sorted[Math.ceil(sorted.length * share) - 1];
}
