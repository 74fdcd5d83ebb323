/**
 * How a client can have learnt what became of an order: by asking for it, from the exchange's refusal of a second one of
 * the same name, or from its private stream. Asking counts where the question covers the order: by one of its ids, or
 * for its symbol's or everybody's orders, executions or positions.
 */

import type { Evidence } from "../evidence.ts";
import type { OrderWrite } from "./order-writes.ts";
import type { Order } from "./orders.ts";
import { heldAt } from "../topics.ts";
import { queryOf, type Request } from "../requests.ts";

const lists = ["/v5/order/realtime", "/v5/order/history", "/v5/execution/list", "/v5/position/list"];
const duplicateOrderLinkId = 110072;
const topics = ["order", "execution"];

/** A read that was answered with success and covers the order, whatever it showed. */
export function isLookup(
  request: Request,
  { orderLinkId, symbol, accepted }: Pick<OrderWrite, "orderLinkId" | "symbol" | "accepted">,
): boolean {
  if (request.method !== "GET" || !lists.includes(request.path) || request.retCode !== 0) return false;
  if (request.outcome !== "answered") return false;
  const query = queryOf(request);
  const fits = (name: string, value: string | undefined): boolean => [null, "", value].includes(query.get(name));
  return fits("orderLinkId", orderLinkId) && fits("orderId", accepted?.orderId) && fits("symbol", symbol);
}

/** When the client knew of an accepted order whose reply it had lost; undefined where it never did. */
export function learntAt(evidence: Evidence, write: OrderWrite & { accepted: Order }): number | undefined {
  const { endedAt, orderLinkId, accepted } = write;
  const pushed = pushedAt(evidence, accepted.at);
  const answers = evidence
    .requests()
    .filter((read) => read.receivedAt >= accepted.at && !read.empty && isLookup(read, write))
    .map(({ at }) => at);
  const refusals = evidence
    .orderWrites()
    .filter((other) => other.retCode === duplicateOrderLinkId && other.orderLinkId === orderLinkId)
    .map((other) => other.endedAt);
  const known = [pushed, ...answers, ...refusals].filter((at) => at !== undefined && at >= accepted.at) as number[];
  return known.length === 0 ? undefined : Math.max(Math.min(...known), endedAt);
}

/**
 * When the private stream said what happened at a moment: at once; when a fault was over in which the connection stood and
 * heard nothing; undefined where the client had none of the topics.
 */
export function pushedAt(evidence: Evidence, atMs: number): number | undefined {
  const isHeld = evidence
    .topics("exchange-private")
    .some((topic) => topics.includes(topic.topic.split(".")[0] ?? "") && heldAt(topic, atMs));
  if (!isHeld) return undefined;
  const mute = evidence.faults("exchange-private").filter((fault) => fault.landedAt <= atMs && fault.healedAt > atMs);
  return Math.max(atMs, ...mute.map(({ healedAt }) => healedAt));
}
