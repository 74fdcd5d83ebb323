/**
 * Reads lag behind: for `ms` after a cancel, order/realtime still shows the order as it was before, and order/history
 * does not know of it yet. The order is cancelled all the same: the streams say so, and whoever cancels it again is
 * answered that it is too late. Only of reads of orders; a page that goes on from a cursor is as it is.
 */

import { z } from "zod";
import type { Account } from "../../../engine/account.ts";
import { isOpen, type Order } from "../../../engine/orders/order.ts";
import { orderView } from "../../../engine/views/order-view.ts";
import { limitOf } from "../../market-query.ts";
import { narrow } from "../../narrow.ts";
import { ofFilter } from "../../order-filter.ts";
import type { RestReply } from "../../reply.ts";
import { restAction } from "../action.ts";
import { entriesOf, resultOf, withResult } from "../envelope-result.ts";
import type { AskedFor } from "../match.ts";
import type { Means } from "../request-in-hand.ts";

const parameters = z.strictObject({ ms: z.number().positive() });

declare module "../action.ts" {
  interface RestActions {
    "cancel-lag": z.input<typeof parameters>;
  }
}

type Row = Record<string, unknown>;
type Read = Pick<Means, "account" | "clock"> & { asked: Pick<AskedFor, "path" | "payload"> };

const realtime = "/v5/order/realtime";
const history = "/v5/order/history";

export default restAction({
  at: "reply",
  parameters,
  applies: (reply, { ms }, context) => lagging(reply, ms, context) !== undefined,
  act(request, { ms }, reply) {
    const list = lagging(reply, ms, { ...request.means, asked: request.record });
    request.answer(list === undefined ? reply : withResult(reply, { list }));
  },
});

/** The list as a reader that lags would have it; undefined where that makes no difference. */
function lagging(reply: RestReply, ms: number, { account, clock, asked }: Read): Row[] | undefined {
  if ((asked.path !== realtime && asked.path !== history) || resultOf(reply) === undefined) return undefined;
  const query = new URLSearchParams(asked.payload);
  if ((query.get("cursor") ?? "") !== "") return undefined;
  const late = unseenCancels(account, query, clock.now() - ms);
  if (late.length === 0) return undefined;
  const list = entriesOf(reply, "list") as Row[];
  const ids = new Set(late.map(({ orderId }) => orderId));
  const others = list.filter(({ orderId }) => !ids.has(String(orderId)));
  if (asked.path === history) return others.length === list.length ? undefined : others;
  const shown = [...others, ...late.map((order) => orderView(beforeCancel(order), account))];
  const serialOf = ({ orderId }: Row): number => account.orders.byId(String(orderId))?.serial ?? 0;
  return shown.toSorted((a, b) => serialOf(b) - serialOf(a)).slice(0, limitOf(query, defaultRows, mostRows));
}

const defaultRows = 20;
const mostRows = 50;

/** Orders that fit the query and were cancelled after that moment, newest first. */
function unseenCancels(account: Account, query: URLSearchParams, afterMs: number): Order[] {
  const { fits } = narrow(query, account);
  const ofKind = ofFilter(query.get("orderFilter") ?? "");
  const [orderId = "", orderLinkId = ""] = ["orderId", "orderLinkId"].map((name) => query.get(name) ?? "");
  return account.orders
    .newestFirst()
    .filter((order) => order.cancelledFrom !== null && !isOpen(order) && order.updatedMs > afterMs)
    .filter((order) => fits(order) && ofKind(order))
    .filter((order) => orderId === "" || order.orderId === orderId)
    .filter((order) => orderLinkId === "" || order.orderLinkId === orderLinkId);
}

const beforeCancel = (order: Order): Order => ({
  ...order,
  ...order.cancelledFrom,
  ...{ cancelType: "UNKNOWN", rejectReason: "EC_NoError" },
});
