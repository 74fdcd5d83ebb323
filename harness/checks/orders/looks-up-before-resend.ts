/**
 * An order whose reply was lost is looked up before it is sent again: the exchange may have it. Sent again means under
 * the same `orderLinkId`, or for the same signal under another one. Judged from the wire.
 */

import { count } from "../../../core/units.ts";
import type { Evidence } from "../../evidence/evidence.ts";
import { isLookup } from "../../evidence/orders/order-knowledge.ts";
import type { OrderWrite } from "../../evidence/orders/order-writes.ts";
import { never } from "../../verdicts/never.ts";

export const looksUpBeforeResend = never<object>("looks-up-before-resend", {
  asks: "looks an order up before it sends it again",
  unit: "orders",
  todo: "look an order whose reply was lost up before it sends it again",
  unjudged: "no reply to an order was lost",
  violations(evidence) {
    const writes = evidence.orderWrites();
    const signals = signalsOf(evidence);
    return writes.flatMap((lost, n) => {
      if (lost.retCode !== null) return [];
      const again = writes.slice(n + 1).find((other) => isAgain(lost, other, signals));
      if (again === undefined || isLookedUp(evidence, lost, again)) return [];
      const name = lost.orderLinkId === "" ? "without an id" : lost.orderLinkId;
      const what = `sent ${again.side} ${again.symbol} (${name}) again, whose reply it had lost, without asking for it,`;
      return [{ event: again.event, what, at: again.sentAt }];
    });
  },
  looked(evidence) {
    const lost = evidence.orderWrites().filter(({ retCode }) => retCode === null);
    return lost.length === 0 ? undefined : `the replies to ${count(lost.length, "order")} were lost`;
  },
});

/** Order id -> the signal that it was for. */
const signalsOf = (evidence: Evidence): Map<string, string> =>
  new Map(
    evidence
      .waves()
      .waves.flatMap(({ signals }) => signals)
      .flatMap(({ signal, orders }) => orders.map(({ orderId }) => [orderId, signal.id] as const)),
  );

function isAgain(lost: OrderWrite, other: OrderWrite, signals: ReadonlyMap<string, string>): boolean {
  if (lost.orderLinkId !== "" && lost.orderLinkId === other.orderLinkId) return true;
  const [first, second] = [lost, other].map(({ accepted }) => signals.get(accepted?.orderId ?? ""));
  return first !== undefined && first === second;
}

const isLookedUp = (evidence: Evidence, lost: OrderWrite, again: OrderWrite): boolean =>
  evidence.requests().some((read) => read.receivedAt >= lost.sentAt && read.at <= again.sentAt && isLookup(read, lost));
