/**
 * A small order flow, so that there is something to keep books of: for each symbol and side one order at the best price
 * and one far from it. Whatever is missing is placed again, but only while the private session is live: who does not
 * know what he has places nothing.
 */

import { setTimeout as sleep } from "node:timers/promises";
import { log } from "../log.ts";
import { messageOf } from "../message-of.ts";
import { RestError } from "../rest/errors.ts";
import type { RestClient } from "../rest/rest-client.ts";
import type { Ledger } from "./ledger.ts";

export interface QuoterOptions {
  rest: RestClient;
  ledger: Ledger;
  symbols: readonly string[];
  /** Whether the ledger may be traded on. */
  live: () => boolean;
  signal: AbortSignal;
}

interface Instrument {
  symbol: string;
  priceFilter: { tickSize: string };
  lotSizeFilter: { qtyStep: string };
}

interface Place {
  symbol: string;
  side: "Buy" | "Sell";
  distance: "near" | "far";
}

const category = "linear";
const everyMs = 2_000;
/** In the quote coin. Large enough that a trade of the market seldom fills it at once. */
const value = { near: 250_000, far: 1_000 };
const farShare = 0.02;

export class Quoter {
  readonly #options: QuoterOptions;
  readonly #run = Date.now().toString(36);
  #instruments = new Map<string, Instrument>();
  #placed = 0;

  constructor(options: QuoterOptions) {
    this.#options = options;
  }

  async run(): Promise<void> {
    const { signal, symbols } = this.#options;
    const sides = ["Buy", "Sell"] as const;
    const places = symbols.flatMap((symbol) =>
      sides.flatMap((side): Place[] => [
        { symbol, side, distance: "near" },
        { symbol, side, distance: "far" },
      ]),
    );
    while (!signal.aborted) {
      for (const place of places) if (this.#isMissing(place)) await this.#fill(place);
      await sleep(everyMs, undefined, { signal }).catch(() => undefined);
    }
  }

  #isMissing(place: Place): boolean {
    const { live, ledger, signal } = this.#options;
    return !signal.aborted && live() && !ledger.open.some(({ orderLinkId }) => orderLinkId.startsWith(nameOf(place)));
  }

  async #fill(place: Place): Promise<void> {
    const { rest, ledger, live } = this.#options;
    const { symbol, side } = place;
    try {
      const wish = await this.#priced(place);
      this.#placed += 1;
      const orderLinkId = `${nameOf(place)}-${this.#run}-${this.#placed}`;
      const order = { category, symbol, side, orderType: "Limit", timeInForce: "GTC", orderLinkId, ...wish };
      const { result } = await rest.post("/v5/order/create", order, live);
      // Older than any news of it that may have come before this answer.
      ledger.order({ ...order, orderId: result.orderId, orderStatus: "New", updatedTime: 0 });
    } catch (error) {
      // What was not refused may have been done; then the stream says so.
      const unknown = error instanceof RestError && !error.notDone ? " (it may have been placed)" : "";
      log(`${side} ${symbol}: ${messageOf(error)}${unknown}`);
    }
  }

  async #priced({ symbol, side, distance }: Place): Promise<{ price: string; qty: string }> {
    const { rest } = this.#options;
    const instrument = this.#instruments.get(symbol) ?? (await this.#load(symbol));
    const [ticker] = await rest.list<{ bid1Price: string; ask1Price: string }>("/v5/market/tickers", {
      category,
      symbol,
    });
    const best = Number(side === "Buy" ? ticker?.bid1Price : ticker?.ask1Price);
    const away = distance === "far" ? farShare * (side === "Buy" ? -1 : 1) : 0;
    const price = best * (1 + away);
    return {
      price: inSteps(price, instrument.priceFilter.tickSize),
      qty: inSteps(value[distance] / price, instrument.lotSizeFilter.qtyStep),
    };
  }

  async #load(symbol: string): Promise<Instrument> {
    const [instrument] = await this.#options.rest.list<Instrument>("/v5/market/instruments-info", { category, symbol });
    if (instrument === undefined) throw new Error(`${symbol} is not listed`);
    this.#instruments.set(symbol, instrument);
    return instrument;
  }
}

const nameOf = ({ symbol, side, distance }: Place): string => `${symbol}-${side}-${distance}`;

function inSteps(value: number, step: string): string {
  const decimals = step.split(".")[1]?.length ?? 0;
  return (Math.round(value / Number(step)) * Number(step)).toFixed(decimals);
}
