/**
 * The cancels and amendments that a client sent by REST, each of one order, and whether that order had ended before: filled,
 * or cancelled by somebody. Those of a batch and of the trade stream are not here.
 */

import type { JournalView } from "../../../core/journal/view.ts";
import { once } from "../once.ts";
import type { Order } from "./orders.ts";
import { requestsOf, type Request } from "../requests.ts";

export interface OrderChange {
  event: Request;
  does: "cancel" | "amend";
  /** Undefined where the exchange never had it, or had it before the trial. */
  order: Order | undefined;
  sentAt: number;
  answeredAt: number;
  /** The exchange had no such open order. */
  isTooLate: boolean;
  /** When and how the order had ended before it was sent or while it was under way. */
  ended: OrderEnd | undefined;
}

export interface OrderEnd {
  at: number;
  how: "filled" | "cancelled";
}

const paths = { "/v5/order/cancel": "cancel", "/v5/order/amend": "amend" } as const;
const tooLate = [110001, 170213, 170139, 170142];

export const orderChangesOf = once((journal: JournalView): OrderChange[] => {
  const orders = journal.all("exchange.order");
  const ends = endsOf(journal);
  return requestsOf(journal).flatMap((event): OrderChange[] => {
    const { method, path, payload, receivedAt: sentAt, at: answeredAt, retCode } = event;
    if (method !== "POST" || !(path in paths)) return [];
    const { orderId = "", orderLinkId = "" } = idsIn(payload);
    const order = orders.find((one) => (orderId === "" ? one.orderLinkId === orderLinkId : one.orderId === orderId));
    const end = ends.get(order?.orderId ?? "");
    return [
      {
        ...{ event, does: paths[path as keyof typeof paths], order, sentAt, answeredAt },
        isTooLate: tooLate.includes(retCode ?? 0),
        ended: end !== undefined && end.at <= answeredAt ? end : undefined,
      },
    ];
  });
});

/** Of each order that has ended, by its id. */
function endsOf(journal: JournalView): Map<string, OrderEnd> {
  const left = new Map<string, number>();
  const ends = new Map<string, OrderEnd>();
  for (const event of journal.all("exchange.order", "exchange.amend", "exchange.execution", "exchange.cancel")) {
    const { orderId, at } = event;
    if (event.type === "exchange.cancel") ends.set(orderId, { at, how: "cancelled" });
    else if (event.type === "exchange.order") left.set(orderId, Number(event.qty));
    // What was filled before the amendment counts to its quantity: an end by filling may be missed, none is made up.
    else if (event.type === "exchange.amend") left.set(orderId, Number(event.qty));
    else if (event.execType !== "Funding" && left.has(orderId)) {
      const rest = (left.get(orderId) ?? 0) - Number(event.qty);
      left.set(orderId, rest);
      if (rest < 1e-9) ends.set(orderId, { at, how: "filled" });
    }
  }
  return ends;
}

function idsIn(body: string): { orderId?: string; orderLinkId?: string } {
  try {
    return JSON.parse(body) as { orderId?: string; orderLinkId?: string };
  } catch {
    return {};
  }
}
