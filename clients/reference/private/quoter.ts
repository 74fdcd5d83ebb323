/**
 * A small order flow, so that there is something to keep books of: for each symbol and side one order at the best price,
 * renewed now and then, and one far from it. Whatever is missing is placed again, but only while the private session is
 * live: who does not know what he has places nothing. An order that had ended before its cancel came has been filled or
 * was cancelled by somebody else, so it is asked for. A contract that does not trade is left alone for a while, and what
 * is known of it is learnt anew.
 */

import { setTimeout as sleep } from "node:timers/promises";
import { exponentialBackoff, type Backoff } from "../backoff.ts";
import { log } from "../log.ts";
import { messageOf } from "../message-of.ts";
import { Refused, RestError } from "../rest/errors.ts";
import type { RestClient } from "../rest/rest-client.ts";
import type { Ledger, OpenOrder } from "./ledger.ts";
import type { Reconciler } from "./reconciler.ts";

export interface QuoterOptions {
  rest: RestClient;
  ledger: Ledger;
  reconciler: Reconciler;
  symbols: readonly string[];
  /** Whether the ledger may be traded on. */
  live: () => boolean;
  signal: AbortSignal;
}

interface Instrument {
  symbol: string;
  status: string;
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
const renewMs = 20_000;
/** In the quote coin. Large enough that a trade of the market seldom fills it at once. */
const value = { near: 250_000, far: 1_000 };
const farShare = 0.02;
/** The order has ended, or never was. */
const orderNotExists = 110001;
const notLive = 110074;
const trading = "Trading";
const resting = { firstMs: 10_000, capMs: 60_000, stableMs: Infinity };

export class Quoter {
  protected readonly options: QuoterOptions;
  readonly #run = Date.now().toString(36);
  readonly #instruments = new Map<string, Instrument>();
  /** Contracts that are left alone, and until when. */
  readonly #left = new Map<string, { backoff: Backoff; untilMs: number }>();
  readonly #seenSince = new Map<string, number>();
  #placed = 0;

  constructor(options: QuoterOptions) {
    this.options = options;
  }

  async run(): Promise<void> {
    const { signal, symbols } = this.options;
    const sides = ["Buy", "Sell"] as const;
    const places = symbols.flatMap((symbol) =>
      sides.flatMap((side): Place[] => [
        { symbol, side, distance: "near" },
        { symbol, side, distance: "far" },
      ]),
    );
    while (!signal.aborted) {
      for (const place of places) await this.#tend(place);
      await sleep(everyMs, undefined, { signal }).catch(() => undefined);
    }
  }

  /** The order had ended before its cancel came. */
  protected ended(order: OpenOrder): Promise<void> {
    return this.options.reconciler.ask(order);
  }

  /** The contract does not trade now. */
  protected leaveAlone(symbol: string): void {
    const { backoff } = this.#left.get(symbol) ?? { backoff: exponentialBackoff(resting) };
    this.#left.set(symbol, { backoff, untilMs: Date.now() + backoff.next() });
  }

  /** What is known of it may be out of date. */
  protected forget(symbol: string): void {
    this.#instruments.delete(symbol);
  }

  async #tend(place: Place): Promise<void> {
    const { live, ledger, signal } = this.options;
    const { symbol } = place;
    if (signal.aborted || !live() || Date.now() < (this.#left.get(symbol)?.untilMs ?? 0)) return;
    const order = ledger.open.find(({ orderLinkId }) => orderLinkId.startsWith(nameOf(place)));
    try {
      if (order === undefined) await this.#fill(place);
      else if (place.distance === "near" && this.#isOld(order)) await this.#cancel(order);
    } catch (error) {
      if (error instanceof Refused) {
        this.forget(symbol);
        if (error.retCode === notLive) this.leaveAlone(symbol);
      }
      // What was not refused may have been done; then the stream says so.
      const unknown = error instanceof RestError && !error.notDone ? " (it may have been done)" : "";
      log(`${place.side} ${symbol}: ${messageOf(error)}${unknown}`);
    }
  }

  #isOld({ orderId }: OpenOrder): boolean {
    const since = this.#seenSince.get(orderId) ?? Date.now();
    this.#seenSince.set(orderId, since);
    return Date.now() - since >= renewMs;
  }

  /** That it was taken is no news of the order yet: the stream says when it has ended. */
  async #cancel(order: OpenOrder): Promise<void> {
    const { symbol, orderId } = order;
    this.#seenSince.delete(orderId);
    try {
      await this.options.rest.post("/v5/order/cancel", { category, symbol, orderId });
    } catch (error) {
      if (!(error instanceof Refused) || error.retCode !== orderNotExists) throw error;
      await this.ended(order);
    }
  }

  async #fill(place: Place): Promise<void> {
    const { rest, ledger, live } = this.options;
    const { symbol, side } = place;
    const instrument = this.#instruments.get(symbol) ?? (await this.#load(symbol));
    if (instrument.status !== trading) {
      this.forget(symbol);
      this.leaveAlone(symbol);
      return;
    }
    const wish = await this.#priced(place, instrument);
    this.#placed += 1;
    const orderLinkId = `${nameOf(place)}-${this.#run}-${this.#placed}`;
    const order = { category, symbol, side, orderType: "Limit", timeInForce: "GTC", orderLinkId, ...wish };
    const { result } = await rest.post("/v5/order/create", order, live);
    this.#left.delete(symbol);
    // Older than any news of it that may have come before this answer.
    ledger.order({ ...order, orderId: result.orderId, orderStatus: "New", updatedTime: 0 });
  }

  async #priced(
    { symbol, side, distance }: Place,
    { priceFilter, lotSizeFilter }: Instrument,
  ): Promise<{ price: string; qty: string }> {
    const [ticker] = await this.options.rest.list<{ bid1Price: string; ask1Price: string }>("/v5/market/tickers", {
      category,
      symbol,
    });
    const best = Number(side === "Buy" ? ticker?.bid1Price : ticker?.ask1Price);
    const away = distance === "far" ? farShare * (side === "Buy" ? -1 : 1) : 0;
    const price = best * (1 + away);
    return {
      // Away from the other side, or with a coarse tick the two would meet.
      price: inSteps(price, priceFilter.tickSize, side === "Buy" ? Math.floor : Math.ceil),
      qty: inSteps(value[distance] / price, lotSizeFilter.qtyStep, Math.round),
    };
  }

  async #load(symbol: string): Promise<Instrument> {
    const [instrument] = await this.options.rest.list<Instrument>("/v5/market/instruments-info", { category, symbol });
    if (instrument === undefined) throw new Error(`${symbol} is not listed`);
    this.#instruments.set(symbol, instrument);
    return instrument;
  }
}

const nameOf = ({ symbol, side, distance }: Place): string => `${symbol}-${side}-${distance}`;

function inSteps(value: number, step: string, round: (steps: number) => number): string {
  const decimals = step.split(".")[1]?.length ?? 0;
  // A whole number of steps is not always one in floating point.
  const steps = Number((value / Number(step)).toFixed(6));
  return (round(steps) * Number(step)).toFixed(decimals);
}
