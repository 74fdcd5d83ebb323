/**
 * The newest of each symbol, for whoever decides on it: the best prices, and when they came. What was read is at most as
 * true as it is young.
 */

import { bookData } from "./book-data.ts";
import type { MarketHandler } from "./worker.ts";

export interface Quote {
  bid: number;
  ask: number;
  /** How long ago the exchange sent it, ms. */
  ageMs: number;
}

const bestLevel = /^orderbook\.1\.(.+)$/;

export class LatestMarket {
  readonly #quotes = new Map<string, { bid: number; ask: number; at: number }>();

  /** @throws Error for a frame that is not what its topic says. */
  readonly handle: MarketHandler = ({ topic, frames }) => {
    const symbol = bestLevel.exec(topic)?.[1];
    const newest = frames.at(-1);
    if (symbol === undefined || newest === undefined) return;
    const data = bookData(newest);
    if (data === undefined) throw new Error("not an order book");
    const [bid, ask] = [Number(data.b[0]?.[0]), Number(data.a[0]?.[0])];
    // A thin market may have no side; there is nothing to decide on then.
    if (bid > 0 && ask > 0) this.#quotes.set(symbol, { bid, ask, at: performance.now() });
  };

  quote(symbol: string): Quote | undefined {
    const quote = this.#quotes.get(symbol);
    return quote === undefined ? undefined : { ...quote, ageMs: performance.now() - quote.at };
  }
}
