/**
 * Where orders meet the crowd: the engine takes from the book, and the crowd's flow hits what the engine left there.
 * Every fill is a trade on the public tape. Quantities are conserved: what is filled is gone from the book or from the
 * resting order, and is on the tape.
 */

import type { Step } from "./pulse.ts";
import { deepest, type Listing } from "./listing.ts";
import type { Side } from "./book/liquidity.ts";
import type { OrdersInBook, Resting } from "./book/orders-in-book.ts";

export interface TakenPart {
  price: number;
  size: number;
  timeMs: number;
  id: string;
  seq: number;
}

export type OnFilled = (order: Resting, part: TakenPart) => void;

/** Enough levels for nearly every order; a larger one looks deeper, as far as its limit reaches. */
const shallow = 50;
const deeper = 8;

export interface Taking extends Reach {
  step: number;
  nowMs: number;
}

export interface Reach {
  buy: boolean;
  /** Ticks; never beyond it. */
  limit: number;
  /** Looks no further than where this much was found. */
  size: number;
}

/** What a taker would find, best price first: the crowd and resting orders together. */
export function reachable(listing: Listing, { buy, limit, size }: Reach): [price: number, size: number][] {
  for (let depth = shallow; ; depth *= deeper) {
    const sides = listing.publicSides(depth);
    const side = buy ? sides.asks : sides.bids;
    const found: [number, number][] = [];
    let left = size;
    for (let i = 0; i < side.length; i += 1) {
      const price = side.prices[i] ?? 0;
      if (left <= 0 || (buy ? price > limit : price < limit)) return found;
      found.push([price, side.sizes[i] ?? 0]);
      left -= side.sizes[i] ?? 0;
    }
    // Less than asked for: that is all there is.
    if (side.length < depth || left <= 0) return found;
  }
}

export function take(listing: Listing, taking: Taking, onFilled: OnFilled): TakenPart[] {
  const { buy, step, nowMs } = taking;
  let left = taking.size;
  const levels = reachable(listing, taking);
  const parts: TakenPart[] = [];
  const { orders } = listing;
  const byPrice = Map.groupBy(
    orders.resting.filter((order) => order.buy !== buy),
    ({ price }) => price,
  );
  for (const [price, size] of levels) {
    if (left === 0) break;
    const queued = byPrice.get(price) ?? [];
    const crowd = size - queued.reduce((sum, order) => sum + order.size, 0);
    const fromCrowd = Math.min(left, Math.max(crowd, 0));
    if (fromCrowd > 0) {
      orders.take(!buy, price, fromCrowd, step);
      parts.push(printed(listing, { price, size: fromCrowd, buy, timeMs: nowMs }));
      left -= fromCrowd;
    }
    for (const order of queued) {
      if (left === 0) break;
      // A fill may have its owner take another order out.
      if (orders.byId(order.id) === undefined) continue;
      const filled = Math.min(left, order.size);
      const part = printed(listing, { price, size: filled, buy, timeMs: nowMs });
      parts.push(part);
      left -= filled;
      orders.reduce(order, filled);
      onFilled(order, part);
    }
  }
  return parts;
}

/** The flow of one step against the resting orders, then the book that follows against what is left of them. */
export function meetFlow(listing: Listing, { step, fromMs, untilMs }: Step, onFilled: OnFilled): void {
  const { orders } = listing;
  if (orders.empty) return;
  const fill = (order: Resting, size: number, timeMs: number): void => {
    const part = printed(listing, { price: order.price, size, buy: !order.buy, timeMs });
    orders.reduce(order, size);
    onFilled(order, part);
  };
  for (const trade of listing.tape.flow.trades(fromMs, untilMs)) {
    let left = trade.size;
    for (const order of stillResting(orders)) {
      if (left === 0) break;
      if (trade.buy === order.buy) continue;
      const through = order.buy ? trade.price < order.price : trade.price > order.price;
      // At its own price the order stands among others, who get the other half.
      const share = through ? left : trade.price === order.price ? Math.ceil(left / 2) : 0;
      const size = Math.min(share, order.size);
      if (size === 0) continue;
      left -= size;
      fill(order, size, trade.timeMs);
    }
  }
  // What comes back may cross what rests, so it comes back before the two meet.
  orders.recover(step);
  for (const order of stillResting(orders)) {
    const size = Math.min(order.size, crossing(listing, order, step));
    if (size > 0) fill(order, size, untilMs - 1);
  }
}

/** Somebody of the crowd takes a whole resting order. */
export function hit(listing: Listing, order: Resting, nowMs: number, onFilled: OnFilled): void {
  const { price, size, buy } = order;
  const part = printed(listing, { price, size, buy: !buy, timeMs: nowMs });
  listing.orders.reduce(order, size);
  onFilled(order, part);
}

const isBeyond = ({ buy, price }: Resting, offered: number): boolean => (buy ? offered > price : offered < price);

/** What the crowd now offers at an order's price or better is what fills it, and is gone from the crowd. */
function crossing(listing: Listing, order: Resting, step: number): number {
  const opposite = (depth: number): Side => (order.buy ? listing.crowd(depth).asks : listing.crowd(depth).bids);
  const best = opposite(1);
  // Nearly always; the whole side would be a thousand levels to draw.
  if (best.length === 0 || isBeyond(order, best.prices[0] ?? 0)) return 0;
  const side = opposite(deepest);
  let found = 0;
  for (let i = 0; i < side.length && found < order.size; i += 1) {
    const price = side.prices[i] ?? 0;
    if (isBeyond(order, price)) break;
    const there = (side.sizes[i] ?? 0) - listing.orders.missing(!order.buy, price);
    const size = Math.min(there, order.size - found);
    if (size <= 0) continue;
    listing.orders.take(!order.buy, price, size, step);
    found += size;
  }
  return found;
}

/**
 * The resting orders, best first, each as it is when its turn comes: a fill may have its owner take another order out
 * or put it back smaller.
 */
function* stillResting(orders: OrdersInBook): Generator<Resting> {
  for (const { id } of bestFirst(orders.resting)) {
    const order = orders.byId(id);
    if (order !== undefined) yield order;
  }
}

const bestFirst = (orders: readonly Resting[]): Resting[] =>
  orders.toSorted((a, b) => (a.buy === b.buy ? (a.buy ? b.price - a.price : a.price - b.price) : a.buy ? -1 : 1));

function printed(listing: Listing, trade: { price: number; size: number; buy: boolean; timeMs: number }): TakenPart {
  const { extras } = listing.tape;
  const extra = { ...trade, nth: extras.count };
  extras.add(extra);
  return { price: trade.price, size: trade.size, timeMs: trade.timeMs, ...listing.tape.identify(extra) };
}
