/**
 * The orders of the account. For now an order is accepted and, if it is a market order, filled at once; matching
 * against a simulated book, positions and the wallet come with the engine.
 */

import { randomUUID } from "node:crypto";
import type { JournalSink } from "../../core/journal/event.ts";
import { duplicateOrderLinkId } from "../rest/ret-codes.ts";

export interface NewOrder {
  category: string;
  symbol: string;
  side: "Buy" | "Sell";
  orderType: "Market" | "Limit";
  qty: string;
  price?: string | undefined;
  timeInForce?: string | undefined;
  orderLinkId?: string | undefined;
}

export interface Order {
  category: string;
  orderId: string;
  orderLinkId: string;
  symbol: string;
  side: "Buy" | "Sell";
  orderType: "Market" | "Limit";
  price: string;
  qty: string;
  timeInForce: string;
  orderStatus: "New" | "Filled";
  leavesQty: string;
  cumExecQty: string;
  rejectReason: string;
  createdTime: string;
  updatedTime: string;
}

export class Orders {
  readonly #journal: JournalSink;
  readonly #orders: Order[] = [];
  readonly #linkIds = new Set<string>();

  constructor(journal: JournalSink) {
    this.#journal = journal;
  }

  /** @throws RetError 110072 where the `orderLinkId` was used before. */
  create(order: NewOrder, nowMs: number): Order {
    const orderLinkId = order.orderLinkId ?? "";
    if (orderLinkId !== "" && this.#linkIds.has(orderLinkId)) throw duplicateOrderLinkId();
    this.#linkIds.add(orderLinkId);
    const filled = order.orderType === "Market";
    const time = String(Math.floor(nowMs));
    const accepted: Order = {
      category: order.category,
      orderId: randomUUID(),
      orderLinkId,
      symbol: order.symbol,
      side: order.side,
      orderType: order.orderType,
      price: order.price ?? "",
      qty: order.qty,
      timeInForce: filled ? "IOC" : (order.timeInForce ?? "GTC"),
      orderStatus: filled ? "Filled" : "New",
      leavesQty: filled ? "0" : order.qty,
      cumExecQty: filled ? order.qty : "0",
      rejectReason: "EC_NoError",
      createdTime: time,
      updatedTime: time,
    };
    this.#orders.push(accepted);
    const { orderId, category, symbol, side, orderType, qty } = accepted;
    this.#journal.write("exchange.order", { orderId, orderLinkId, category, symbol, side, orderType, qty });
    return accepted;
  }

  newestFirst(): Order[] {
    return this.#orders.toReversed();
  }
}
