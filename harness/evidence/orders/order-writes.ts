/**
 * The orders that a client sent, by REST or over the trade stream, one for each order of a batch, and whether it can know
 * what became of them. It cannot where no whole answer reached it: the reply or the ack was lost, came too late for it,
 * or was a page of the gateway; where the exchange spoke of an error inside; nor where a refusal on the trade stream
 * came without its id. What was accepted is `exchange.order`.
 */

import type { JournalEvent } from "../../../core/journal/event.ts";
import type { JournalView } from "../../../core/journal/view.ts";
import { once } from "../once.ts";
import type { Order } from "./orders.ts";
import { requestsOf, type Request } from "../requests.ts";

interface Named {
  orderLinkId: string;
  symbol: string;
  side: string;
}

/** One request. */
interface Sent {
  /** The line that shows it. */
  event: JournalEvent;
  sentAt: number;
  /** When its answer was there, or lost. */
  endedAt: number;
  /** Null where the client cannot know. */
  retCode: number | null;
  /** What it was answered, in words. */
  answer: string;
}

export interface OrderWrite extends Sent, Named {
  /** The order, where the exchange has accepted it. */
  accepted: Order | undefined;
}

const paths = ["/v5/order/create", "/v5/order/create-batch"];
const ops = ["order.create", "order.create-batch"];
/** The service failed inside or is restarting: the order may have been placed. */
const systemErrors = [10016, 10019];
/** On the trade stream it comes without the id of its request. */
const permissionDenied = 10005;

/** In the order in which they were sent. */
export const orderWritesOf = once((journal: JournalView): OrderWrite[] => {
  const unclaimed = new Set(journal.all("exchange.order"));
  return [...sentByRest(journal), ...sentByStream(journal)]
    .toSorted(([a], [b]) => a.sentAt - b.sentAt)
    .flatMap(([sent, orders]) =>
      orders.map((named) => {
        const accepted = [...unclaimed].find((order) => isOf(order, { ...sent, ...named }));
        if (accepted !== undefined) unclaimed.delete(accepted);
        return { ...sent, ...named, accepted };
      }),
    );
});

function isOf(order: Order, { sentAt, endedAt, orderLinkId, symbol, side }: Sent & Named): boolean {
  if (order.at < sentAt || order.at > endedAt) return false;
  return order.symbol === symbol && order.side === side && (orderLinkId === "" || order.orderLinkId === orderLinkId);
}

const sentByRest = (journal: JournalView): [Sent, Named[]][] =>
  requestsOf(journal)
    .filter(({ method, path }) => method === "POST" && paths.includes(path))
    .map((event) => [
      {
        ...{ event, sentAt: event.receivedAt, endedAt: event.at },
        ...{ retCode: event.outcome === "answered" ? known(event.retCode) : null, answer: answerOf(event) },
      },
      ordersIn(event.payload),
    ]);

const answerOf = ({ outcome, status, retCode, retMsg }: Request): string =>
  outcome !== "answered" ? `none (${outcome})` : retCode === null ? `HTTP ${status ?? ""}` : `${retCode} ${retMsg}`;

/** The exchange carries a request on the trade stream out at once. */
const sentByStream = (journal: JournalView): [Sent, Named[]][] =>
  journal
    .all("exchange.stream-request")
    .filter(({ endpoint, op }) => endpoint === "exchange-trade" && ops.includes(op))
    .map((event) => {
      const { at, text, answered, orders = [] } = event;
      const code = text === "" ? 0 : Number.parseInt(text, 10);
      const retCode = !answered || code === permissionDenied ? null : known(code);
      const answer = !answered ? "none" : text === "" ? "OK" : text;
      return [{ event, sentAt: at - orderTakesMs, endedAt: at, retCode, answer }, [...orders]];
    });

/** Between the lines of an order and of the request that made it. */
const orderTakesMs = 1;

const known = (retCode: number | null): number | null =>
  retCode === null || systemErrors.includes(retCode) ? null : retCode;

/** The order, or those of a batch; none in a body that is no JSON. */
function ordersIn(body: string): Named[] {
  try {
    const whole = JSON.parse(body) as Record<string, unknown>;
    const all = Array.isArray(whole.request) ? (whole.request as Record<string, unknown>[]) : [whole];
    return all.map((order) => {
      const text = (name: string): string => (typeof order[name] === "string" ? order[name] : "");
      return { orderLinkId: text("orderLinkId"), symbol: text("symbol"), side: text("side") };
    });
  } catch {
    return [];
  }
}
