/**
 * An order whose reply was lost is neither placed nor failed, and the client finds out which: by asking for it, by the
 * exchange's refusal of its `orderLinkId`, or from its private stream. Judged from the wire: an order that the exchange
 * accepted and of which the client never learnt is money that nobody watches.
 */

import { within } from "../../verdicts/within.ts";
import { learntAt } from "../../evidence/orders/order-knowledge.ts";
import { nameOfOrder } from "../../evidence/orders/orders.ts";

export const resolvesUnknownOrders = within<{ within: number }>("resolves-unknown-orders", {
  asks: "finds out what became of an order whose reply was lost",
  todo: "find out what became of the order",
  unjudged: "no reply to an order that the exchange accepted was lost",
  occasions: (evidence) =>
    evidence.orderWrites().flatMap((write) => {
      const { event, endedAt: at, accepted, retCode, side, symbol } = write;
      if (accepted === undefined || retCode !== null) return [];
      const what = `the reply to ${side} ${symbol} (${nameOfOrder(accepted)}), which was accepted, was lost`;
      return [{ event, what, at, until: learntAt(evidence, { ...write, accepted }) }];
    }),
});
