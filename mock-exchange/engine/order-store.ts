/** Every order of the account, found by id, by orderLinkId, or as what is still open. */

import { isOpen, type Order, type TradedCategory } from "./order.ts";

export class OrderStore {
  readonly #all: Order[] = [];
  readonly #byId = new Map<string, Order>();
  readonly #byLinkId = new Map<string, Order>();
  readonly #open = new Map<string, Order>();
  readonly #untriggered = new Map<string, Set<Order>>();

  add(order: Order): void {
    this.#all.push(order);
    this.#byId.set(order.orderId, order);
    if (order.orderLinkId !== "") this.#byLinkId.set(order.orderLinkId, order);
    this.changed(order);
  }

  /** Takes back the newest order, which was refused after all. */
  forget(order: Order): void {
    if (this.#all.at(-1) !== order) throw new Error(`Order ${order.orderId} is not the newest.`);
    this.#all.pop();
    this.#byId.delete(order.orderId);
    this.#byLinkId.delete(order.orderLinkId);
    this.#open.delete(order.orderId);
  }

  /** Has to be told of every change of status, so that asking for the open ones stays cheap. */
  changed(order: Order): void {
    if (isOpen(order)) this.#open.set(order.orderId, order);
    else this.#open.delete(order.orderId);
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
    return [...this.#open.values()].filter(
      (order) =>
        (category === undefined || order.category === category) && (symbol === undefined || order.symbol === symbol),
    );
  }

  /** Conditional orders that wait for a price, oldest first. A copy, as `open`; asked for at every price change. */
  untriggered(category: TradedCategory, symbol: string): Order[] {
    const waiting = this.#untriggered.get(`${category}/${symbol}`);
    return waiting === undefined ? [] : [...waiting];
  }

  newestFirst(): Order[] {
    return this.#all.toReversed();
  }
}
