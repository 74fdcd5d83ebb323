/**
 * Trades on market data: a small order of each symbol every few seconds, buying and selling in turn. What it decides is
 * of no importance; that it decides on fresh prices only is. A symbol whose price is old is not traded until there is a
 * new one: a bot that goes on with the last price it saw is alive and blind.
 */

import { messageOf } from "../message-of.ts";
import type { RestClient } from "../rest/rest-client.ts";
import type { Quote } from "../stream/market.ts";
import type { Warnings } from "../warnings.ts";
import { SizedByValue, type Sizing } from "./sizing.ts";

export interface MarketTraderOptions {
  rest: RestClient;
  symbols: readonly string[];
  /** The newest price of a symbol. */
  quote: (symbol: string) => Quote | undefined;
  warnings: Warnings;
}

const everyMs = 5_000;
/** A level-1 book is sent every 3 s at least. */
const freshMs = 10_000;
const category = "linear";

export class MarketTrader {
  protected readonly options: MarketTraderOptions;
  readonly #sizing: Sizing;
  readonly #orders = new Map<string, number>();
  /** Ids differ from those of an earlier start. */
  readonly #run = Date.now().toString(36);
  #timer: NodeJS.Timeout | undefined;

  constructor(options: MarketTraderOptions) {
    this.options = options;
    this.#sizing = new SizedByValue(options.rest);
  }

  start(): void {
    this.#timer = setInterval(() => this.#look(), everyMs);
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  /** Whether a price may be traded on. */
  protected trusts(quote: Quote): boolean {
    return quote.ageMs <= freshMs;
  }

  #look(): void {
    const { symbols, quote, warnings } = this.options;
    for (const symbol of symbols) {
      const newest = quote(symbol);
      if (newest === undefined) continue;
      if (this.trusts(newest)) void this.#trade(symbol);
      else
        warnings.warn(
          `${symbol} blind`,
          `${symbol}: not traded, its price is ${Math.round(newest.ageMs / 1_000)} s old`,
        );
    }
  }

  /** Asked again right before an order is sent: it may have waited for its turn while the price went stale. */
  #isFresh(symbol: string): boolean {
    const newest = this.options.quote(symbol);
    return newest !== undefined && this.trusts(newest);
  }

  async #trade(symbol: string): Promise<void> {
    const nth = (this.#orders.get(symbol) ?? 0) + 1;
    this.#orders.set(symbol, nth);
    const side = nth % 2 === 1 ? "Buy" : "Sell";
    try {
      const qty = await this.#sizing.quantity(symbol);
      const orderLinkId = `md-${this.#run}-${symbol}-${nth}`;
      // A reply that is lost is not asked for again: the next decision is near, and stands on a newer price.
      const order = { category, symbol, side, orderType: "Market", qty, orderLinkId };
      await this.options.rest.post("/v5/order/create", order, () => this.#isFresh(symbol));
    } catch (error) {
      this.options.warnings.warn(`${symbol} order`, `${symbol}: order failed: ${messageOf(error)}`);
    }
  }
}
