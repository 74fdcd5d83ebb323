/**
 * How much to trade: the same small value of every symbol, in the steps that its instrument allows. Looked up once;
 * a price that has moved since does not take an order near the exchange's minimum.
 */

import type { RestClient } from "../rest/rest-client.ts";

export interface Sizing {
  /** Looks up what is needed. */
  prepare(): Promise<void>;
  /** The quantity for one order of a symbol, as the exchange wants it. */
  quantity(symbol: string): Promise<string>;
}

interface Listed {
  symbol: string;
  lotSizeFilter: { qtyStep: string; minOrderQty: string };
}

const category = "linear";
/** In the quote coin; Bybit's minimum is 5. */
const orderValue = 25;

export class SizedByValue implements Sizing {
  readonly #rest: RestClient;
  #quantities: Promise<ReadonlyMap<string, string>> | undefined;

  constructor(rest: RestClient) {
    this.#rest = rest;
  }

  async prepare(): Promise<void> {
    await this.#loaded();
  }

  async quantity(symbol: string): Promise<string> {
    const quantity = (await this.#loaded()).get(symbol);
    if (quantity === undefined) throw new Error(`${symbol} is not listed`);
    return quantity;
  }

  #loaded(): Promise<ReadonlyMap<string, string>> {
    this.#quantities ??= this.#load();
    // A failed look-up must not be remembered for ever.
    this.#quantities.catch(() => (this.#quantities = undefined));
    return this.#quantities;
  }

  async #load(): Promise<ReadonlyMap<string, string>> {
    const [instruments, tickers] = await Promise.all([
      this.#rest.list<Listed>("/v5/market/instruments-info", { category }),
      this.#rest.list<{ symbol: string; lastPrice: string }>("/v5/market/tickers", { category }),
    ]);
    const prices = new Map(tickers.map(({ symbol, lastPrice }) => [symbol, Number(lastPrice)]));
    return new Map(
      instruments.map(({ symbol, lotSizeFilter: { qtyStep, minOrderQty } }) => {
        const steps = Math.ceil(orderValue / (prices.get(symbol) ?? Infinity) / Number(qtyStep));
        const decimals = qtyStep.split(".")[1]?.length ?? 0;
        return [symbol, Math.max(steps * Number(qtyStep), Number(minOrderQty)).toFixed(decimals)];
      }),
    );
  }
}
