/**
 * From a signal to its order: the 99th percentile of the delays has a limit. A delay counts from when the signal could be
 * traded (`evidence/signal-orders.ts`) to when the exchange accepted the order. Signals that were never traded are another
 * check's.
 */

import { formatDuration } from "../../../core/units.ts";
import { signalOrdersOf } from "../../evidence/orders/signal-orders.ts";
import { atMost } from "../../verdicts/figure.ts";

const share = 0.99;

export const signalToOrder = atMost<{ p99: number }>("signal-to-order", {
  asks: ({ p99 }) => `turns a signal into an order within ${formatDuration(p99)} (p99)`,
  unit: "ms",
  limit: ({ p99 }) => p99,
  todo: ({ p99 }) => `turn a signal into an order within ${formatDuration(p99)} at the 99th percentile`,
  unjudged: "it traded no signal",
  cases(evidence) {
    const delays = signalOrdersOf(evidence)
      .flatMap(({ signal, fromAt, order }) =>
        order === undefined ? [] : [{ signal, fromAt, order, ms: Math.max(order.at - fromAt, 0) }],
      )
      .toSorted((a, b) => a.ms - b.ms);
    const nth = delays[Math.ceil(delays.length * share) - 1];
    if (nth === undefined) return [];
    const { order: event, signal, fromAt, ms } = nth;
    const seen = `of ${delays.length} signals the 99th percentile took ${formatDuration(ms)} (${signal.id}, from ${evidence.date(fromAt)})`;
    return [{ event, what: `the order for ${signal.id}`, at: fromAt, value: ms, seen }];
  },
});
