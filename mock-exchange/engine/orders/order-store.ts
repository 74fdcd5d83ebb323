/**
 * The account's orders, found by id, by orderLinkId, or as what is still open. Every open order is kept, and of those
 * that have ended the newest (see `newest.ts`); with an order its orderLinkId is forgotten and may be used again.
 */

import { mostRows } from "../newest.ts";
import { isOpen, type Order, type TradedCategory } from "./order.ts";

export class OrderStore {
  readonly #kept: number;
  /** Oldest first. */
  readonly #byId = new Map<string, Order>();
  readonly #byLinkId = new Map<string, Order>();
  /** What has not ended: the open orders, and a stop in the moment between being triggered and being live. */
  readonly #alive = new Map<string, Order>();
  readonly #untriggered = new Map<string, Set<Order>>();

  /** @param kept How many ended orders are kept at least. */
  constructor(kept: number) {
    this.#kept = kept;
  }

  get size(): number {
    return this.#byId.size;
  }

  add(order: Order): void {
    this.#byId.set(order.orderId, order);
    if (order.orderLinkId !== "") this.#byLinkId.set(order.orderLinkId, order);
    this.changed(order);
  }

  /** Takes back an order that was refused after all. */
  forget(order: Order): void {
    this.#byId.delete(order.orderId);
    this.#alive.delete(order.orderId);
    // The id may be that of a newer order by now.
    if (this.#byLinkId.get(order.orderLinkId) === order) this.#byLinkId.delete(order.orderLinkId);
  }

  /** Has to be informed of every change of status, so that asking for the open ones stays cheap. */
  changed(order: Order): void {
    if (isOpen(order) || order.status === "Triggered") this.#alive.set(order.orderId, order);
    else if (this.#alive.delete(order.orderId)) this.#forgetOldest();
    const key = `${order.category}/${order.symbol}`;
    const waiting = this.#untriggered.get(key) ?? new Set();
    if (order.status === "Untriggered") this.#untriggered.set(key, waiting.add(order));
    else if (waiting.delete(order) && waiting.size === 0) this.#untriggered.delete(key);
  }

  byId(orderId: string): Order | undefined {
    return this.#byId.get(orderId);
  }

  byLinkId(orderLinkId: string): Order | undefined {
    return this.#byLinkId.get(orderLinkId);
  }

  /** Oldest first. A copy: the caller may end orders while it walks. */
  open(category?: TradedCategory, symbol?: string): Order[] {
    return [...this.#alive.values()].filter(
      (order) =>
        isOpen(order) &&
        (category === undefined || order.category === category) &&
        (symbol === undefined || order.symbol === symbol),
    );
  }

  /** Conditional orders that wait for a price, oldest first. A copy, as `open`; asked for at every price change. */
  untriggered(category: TradedCategory, symbol: string): Order[] {
    const waiting = this.#untriggered.get(`${category}/${symbol}`);
    return waiting === undefined ? [] : [...waiting];
  }

  /** A conditional order of each symbol that has some. */
  waitingForPrice(): Order[] {
    return [...this.#untriggered.values()].flatMap(([first]) => first ?? []);
  }

  newestFirst(): Order[] {
    return [...this.#byId.values()].toReversed();
  }

  /** In the order in which they were made, as lists show them: what follows a page's last order is forgotten after it. */
  #forgetOldest(): void {
    let ended = this.#byId.size - this.#alive.size;
    if (ended <= mostRows(this.#kept)) return;
    for (const order of this.#byId.values()) {
      if (ended === this.#kept) return;
      if (this.#alive.has(order.orderId)) continue;
      this.forget(order);
      ended -= 1;
    }
  }
}
