/**
 * An order is good for a while only: what could not be sent during an outage is not sent when it is over. The age of an
 * order counts from the first time that the client was seen to send it, else from when its wave was due or, for a signal
 * that came later than that, from when it came. Judged from the wire.
 */

import { count, formatDuration } from "../../../core/units.ts";
import type { Evidence } from "../../evidence/evidence.ts";
import { nameOfOrder, type Order } from "../../evidence/orders/orders.ts";
import { never } from "../../verdicts/never.ts";

export const noStaleOrders = never<{ validMs: number }>("no-stale-orders", {
  asks: ({ validMs }) => `sends no order that is older than ${formatDuration(validMs)}`,
  unit: "orders",
  todo: ({ validMs }) => `send no order that is older than ${formatDuration(validMs)}`,
  unjudged: "no order could be late: its orders met no fault",
  violations: (evidence, { validMs }) =>
    wanted(evidence).flatMap(({ order, wantedAt }) => {
      const ageMs = order.at - wantedAt;
      if (ageMs <= validMs + evidence.tolerances.crossingMs) return [];
      const { side, symbol, at } = order;
      const what = `placed ${side} ${symbol} (${nameOfOrder(order)}), wanted ${formatDuration(ageMs)} before,`;
      return [{ event: order, what, at }];
    }),
  looked(evidence) {
    const held = new Set(evidence.orderWrites().flatMap(({ retCode, event }) => (retCode === 0 ? [] : [event])));
    const orders = wanted(evidence).length;
    return held.size === 0
      ? undefined
      : `${count(held.size, "attempt")} came to nothing, and of the ${count(orders, "order")} that were placed none was old`;
  },
});

function wanted(evidence: Evidence): { order: Order; wantedAt: number }[] {
  const firstSent = new Map<string, number>();
  for (const { orderLinkId, sentAt } of evidence.orderWrites()) {
    if (orderLinkId !== "" && !firstSent.has(orderLinkId)) firstSent.set(orderLinkId, sentAt);
  }
  return evidence.waves().waves.flatMap(({ dueAt, signals }) =>
    signals.flatMap(({ orders, appearedAt }) =>
      orders.map((order) => {
        const { at, orderLinkId } = order;
        return { order, wantedAt: firstSent.get(orderLinkId) ?? Math.min(Math.max(dueAt, appearedAt), at) };
      }),
    ),
  );
}
