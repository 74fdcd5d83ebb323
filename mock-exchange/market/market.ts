/**
 * The seam between the simulated market and whoever trades on it: what the engine may ask of the market. Prices and
 * quantities are exact decimals; the market itself may count in ticks and steps. Implemented in this folder, used by
 * `engine/`; neither knows the other's inside.
 */

import type { Big } from "big.js";

export type Category = "linear" | "inverse" | "spot" | "option";
export type Side = "Buy" | "Sell";

/** What can be traded and in which steps. Strings are as Bybit sends them. */
export interface Instrument {
  category: Category;
  symbol: string;
  baseCoin: string;
  quoteCoin: string;
  settleCoin: string;
  tickSize: string;
  qtyStep: string;
  minOrderQty: string;
  maxOrderQty: string;
  maxMktOrderQty: string;
  /** Smallest order value, in the quote coin. */
  minNotionalValue: string;
  maxLeverage: string;
  /** The object of `/v5/market/instruments-info`. */
  info: Readonly<Record<string, unknown>>;
}

export interface Quote {
  /** Null where that side of the book is empty. */
  bid: Big | null;
  ask: Big | null;
  last: Big;
  mark: Big;
  index: Big;
}

export interface Fill {
  price: Big;
  qty: Big;
  /** Epoch ms. */
  timeMs: number;
  execId: string;
  seq: number;
}

export interface RestingOrder {
  /** The engine's order id. */
  id: string;
  category: Category;
  symbol: string;
  side: Side;
  price: Big;
  qty: Big;
}

/** An instrument whose prices somebody acts on. */
export interface Watched {
  category: Category;
  symbol: string;
}

export interface Market {
  instruments(category: Category): readonly Instrument[];
  instrument(category: Category, symbol: string): Instrument | undefined;
  quote(category: Category, symbol: string): Quote;
  /** The price of the nth level, counted from 1: of the bids (Buy) or of the asks. Null where there are fewer. */
  level(category: Category, symbol: string, side: Side, nth: number): Big | null;
  /** What could be taken up to a price, without taking it: for FOK and PostOnly. */
  takeable(category: Category, symbol: string, side: Side, limitPrice: Big): Big;
  /** Takes liquidity, best price first, never beyond the limit. The book shrinks and public trades appear. */
  take(category: Category, symbol: string, side: Side, qty: Big, limitPrice?: Big): Fill[];
  /**
   * Puts an order into the book, where everybody sees it and the market's flow may hit it. Trades nothing by itself:
   * whoever rests an order has first taken what there is up to its price, or made sure that there is nothing.
   */
  rest(order: RestingOrder): void;
  /** Takes it out again. */
  unrest(id: string): void;
  /** Somebody takes the whole of a resting order, at its price; its listeners are called before this returns. */
  hit(id: string): void;
  /** From now on prices of a contract go in steps of so many of its ticks. Orders that rest stay where they are. */
  coarsenTick(category: Category, symbol: string, times: number): void;
  /** Calls back when the market's flow fills a resting order, wholly or in part. Returns the way to stop. */
  onRestingFilled(listener: (id: string, fill: Fill) => void): () => void;
  /**
   * Calls back with the symbols whose last, mark or index price may have changed, all of a step at once: for triggers.
   *
   * @param watched What it is called for as the market moves; without it, for everything.
   */
  onPrices(listener: (moved: readonly Watched[]) => void, watched?: () => readonly Watched[]): () => void;
}
