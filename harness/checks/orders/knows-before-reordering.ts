/**
 * "Order not exists or too late to cancel" does not say what became of the order: it may have been filled. Until that is
 * known, by asking for it or from the private stream, no other order of that contract and side is sent: who takes it for
 * cancelled has twice what it wanted. Judged from the wire, of cancels by REST.
 */

import { count } from "../../../core/units.ts";
import type { Evidence } from "../../evidence/evidence.ts";
import type { OrderChange, OrderEnd } from "../../evidence/orders/order-changes.ts";
import { isLookup, pushedAt } from "../../evidence/orders/order-knowledge.ts";
import { nameOfOrder, type Order } from "../../evidence/orders/orders.ts";
import { lineOf } from "../../incident/check.ts";
import { never } from "../../verdicts/never.ts";

export const knowsBeforeReordering = never<object>("knows-before-reordering", {
  asks: "sends no other order until it knows what became of one that it could not cancel any more",
  unit: "orders",
  todo: "find out what became of an order that it could not cancel any more before it sends another",
  unjudged: "no order of its had been filled when it came to cancel it",
  violations: (evidence) =>
    tooLate(evidence).flatMap((cancel) => {
      const { order, event, answeredAt, ended } = cancel;
      const knownAt = Math.min(pushedAt(evidence, ended.at) ?? Infinity, askedAt(evidence, cancel));
      const next = evidence
        .orderWrites()
        .find(({ symbol, side, sentAt }) => symbol === order.symbol && side === order.side && sentAt > answeredAt);
      if (next === undefined || next.sentAt >= knownAt) return [];
      const { side, symbol } = order;
      const name = nameOfOrder(order);
      const what = `sent ${side} ${symbol} without having learnt that ${name} had been filled`;
      const refusal = lineOf(event, `the cancel of ${name} was too late`);
      return [{ event: next.event, what, at: next.sentAt, more: [refusal] }];
    }),
  looked(evidence) {
    const cancels = tooLate(evidence).length;
    return cancels === 0 ? undefined : `${count(cancels, "cancel")} came too late, and it found out each time`;
  },
});

type TooLate = OrderChange & { order: Order; ended: OrderEnd };

const tooLate = (evidence: Evidence): TooLate[] =>
  evidence.orderChanges().filter((change): change is TooLate => {
    const { does, isTooLate, order, ended } = change;
    return does === "cancel" && isTooLate && order !== undefined && ended?.how === "filled";
  });

/** When a read that covers the order was answered; Infinity where none was. */
function askedAt(evidence: Evidence, { order, ended }: TooLate): number {
  const named = { ...order, accepted: order };
  const answers = evidence.requests().filter((read) => read.receivedAt >= ended.at && isLookup(read, named));
  return Math.min(...answers.map(({ at }) => at));
}
