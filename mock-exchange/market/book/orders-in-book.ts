/**
 * What the engine did to a book: liquidity it took, which comes back after a while, and orders it left there. Applied on
 * top of the crowd's orders.
 */

import type { Side } from "./liquidity.ts";

export interface Resting {
  id: string;
  buy: boolean;
  price: number;
  /** Steps left. */
  size: number;
}

/** How long a taken level stays short; at least to the end of the step. */
const shortMs = 500;

export class OrdersInBook {
  readonly #resting = new Map<string, Resting>();
  /** Price, negative for bids -> what was taken and until which step it is missing. */
  readonly #taken = new Map<number, { size: number; untilStep: number }>();
  /** Grows with every change. */
  version = 0;
  readonly #shortSteps: number;

  /** @param stepMs Incident ms of one step of the grid. */
  constructor(stepMs: number) {
    this.#shortSteps = Math.ceil(shortMs / stepMs);
  }

  get empty(): boolean {
    return this.#resting.size === 0 && this.#taken.size === 0;
  }

  /** Oldest first, which is who is served first at a price. */
  get resting(): readonly Resting[] {
    return [...this.#resting.values()];
  }

  byId(id: string): Resting | undefined {
    return this.#resting.get(id);
  }

  rest(order: Resting): void {
    this.#resting.set(order.id, order);
    this.version += 1;
  }

  unrest(id: string): boolean {
    const there = this.#resting.delete(id);
    if (there) this.version += 1;
    return there;
  }

  /** Takes from a resting order. */
  reduce(order: Resting, size: number): void {
    order.size -= size;
    if (order.size <= 0) this.#resting.delete(order.id);
    this.version += 1;
  }

  take(bid: boolean, price: number, size: number, step: number): void {
    const key = bid ? -price : price;
    const before = this.#taken.get(key)?.size ?? 0;
    this.#taken.set(key, { size: before + size, untilStep: step + this.#shortSteps });
    this.version += 1;
  }

  /** What was taken comes back. */
  recover(step: number): void {
    for (const [key, { untilStep }] of this.#taken) {
      if (step < untilStep) continue;
      this.#taken.delete(key);
      this.version += 1;
    }
  }

  /** What is missing of the crowd's size at a price. */
  missing(bid: boolean, price: number): number {
    return this.#taken.get(bid ? -price : price)?.size ?? 0;
  }

  /** A side of the crowd with all this applied, `depth` levels at most. */
  applied(side: Side, bid: boolean, depth: number): Side {
    const sizes = new Map<number, number>();
    const drawn = Math.min(side.length, depth + this.extraLevels);
    for (let i = 0; i < drawn; i += 1) {
      const price = side.prices[i] ?? 0;
      const size = (side.sizes[i] ?? 0) - this.missing(bid, price);
      if (size > 0) sizes.set(price, size);
    }
    for (const order of this.#resting.values()) {
      if (order.buy === bid) sizes.set(order.price, (sizes.get(order.price) ?? 0) + order.size);
    }
    const sorted = [...sizes].sort(([a], [b]) => (bid ? b - a : a - b)).slice(0, depth);
    return {
      prices: Float64Array.from(sorted, ([price]) => price),
      sizes: Float64Array.from(sorted, ([, size]) => size),
      length: sorted.length,
    };
  }

  /** How many levels more than wanted have to be drawn so that `depth` are left. */
  get extraLevels(): number {
    return this.#taken.size;
  }
}
