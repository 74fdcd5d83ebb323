/**
 * Disconnect-cancel-all: when every private connection that armed a product has been gone for the product's window,
 * its open orders are cancelled. A client that is back in time keeps them.
 */

import type { Clock, Timer } from "../../core/clock.ts";
import { seconds } from "../../core/units.ts";
import type { Account } from "./account.ts";
import { cancelAll } from "./orders/cancel-order.ts";
import type { TradedCategory } from "./orders/order.ts";

export type DcpProduct = "SPOT" | "DERIVATIVES" | "OPTIONS";

const products: Record<DcpProduct, readonly TradedCategory[]> = {
  SPOT: ["spot"],
  DERIVATIVES: ["linear", "inverse"],
  OPTIONS: [],
};

const defaultWindowMs = seconds(10);

export class Dcp {
  readonly #account: Account;
  readonly #clock: Clock;
  readonly #windows = new Map<DcpProduct, number>();
  readonly #connected = new Map<DcpProduct, number>();
  readonly #fuses = new Map<DcpProduct, Timer>();

  constructor(account: Account, clock: Clock) {
    this.#account = account;
    this.#clock = clock;
  }

  setWindow(product: DcpProduct, windowMs: number): void {
    this.#windows.set(product, windowMs);
  }

  windowMs(product: DcpProduct): number {
    return this.#windows.get(product) ?? defaultWindowMs;
  }

  /** What the user has set up. */
  configured(): DcpProduct[] {
    return [...this.#windows.keys()];
  }

  /** A connection subscribed the product's topic. */
  arm(product: DcpProduct): void {
    this.#fuses.get(product)?.cancel();
    this.#fuses.delete(product);
    this.#connected.set(product, (this.#connected.get(product) ?? 0) + 1);
  }

  /** Such a connection is gone. An unsubscribe is no disconnection: then `lost` is false and nothing fires. */
  disarm(product: DcpProduct, lost: boolean): void {
    const left = (this.#connected.get(product) ?? 0) - 1;
    this.#connected.set(product, left);
    if (left > 0 || !lost) return;
    const windowMs = this.windowMs(product);
    this.#fuses.set(
      product,
      this.#clock.after(windowMs, () => this.#fire(product, windowMs)),
    );
  }

  close(): void {
    for (const fuse of this.#fuses.values()) fuse.cancel();
    this.#fuses.clear();
  }

  #fire(product: DcpProduct, windowMs: number): void {
    this.#fuses.delete(product);
    const categories = products[product];
    const orders = cancelAll(this.#account, (order) => categories.includes(order.category), "CancelByDCP");
    this.#account.journal.write("exchange.dcp", { product, windowMs, cancelled: orders.length });
  }
}
