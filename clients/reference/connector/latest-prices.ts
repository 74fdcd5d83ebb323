/** What the bot knows of the market: the last trade and the best prices of each symbol. */

import type { MarketEvent } from "./events.ts";

export interface Latest {
  last?: number;
  bid?: number;
  ask?: number;
}

export class LatestPrices {
  readonly #bySymbol = new Map<string, Latest>();

  take(event: MarketEvent): void {
    const before = this.#bySymbol.get(event.symbol);
    const news = event.event === "trade" ? { last: event.price } : { bid: event.bid, ask: event.ask };
    this.#bySymbol.set(event.symbol, { ...before, ...news });
  }

  of(symbol: string): Latest | undefined {
    return this.#bySymbol.get(symbol);
  }
}
