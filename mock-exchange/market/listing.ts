/**
 * One instrument on the market: its tape, its book and its prices as they are public at the present step, and what the
 * engine may do to them. Whole ticks and steps throughout; decimals are made by whoever serves them.
 */

import { Big } from "big.js";
import { BookFeed, type BookSource } from "./book/book-feed.ts";
import { Liquidity, type Sides } from "./book/liquidity.ts";
import { OrdersInBook } from "./book/orders-in-book.ts";
import { PacedBook } from "./book/paced-book.ts";
import type { Spec } from "./catalogue/spec.ts";
import { DayTracker, type DayFigures } from "./derived/day-figures.ts";
import { Funding } from "./derived/funding.ts";
import { Positioning } from "./derived/positioning.ts";
import { ReferencePrices } from "./derived/reference-prices.ts";
import type { CoinPath } from "./path/coin-path.ts";
import type { Pulse } from "./pulse.ts";
import { seqAt } from "./tape/public-trade.ts";
import { Tape } from "./tape/tape.ts";
import { unitsOf, type Units } from "./tape/units.ts";
import { Volumes } from "./tape/volumes.ts";

/** The most levels that any topic or endpoint shows. */
export const deepest = 1_000;
/** Levels of the book that has retail orders. */
export const rpiDepth = 50;

/** Which of Bybit's books of an instrument: by depth, with the orders of retail, or whole. */
export type BookKind = "levels" | "rpi" | "full";

/** A book that is pushed every 10 or 20 ms changes as often; one for a scenario saves the steps. */
const fasterWherePaced = 5;

export interface ListingOptions {
  spec: Spec;
  key: number;
  path: CoinPath;
  pulse: Pulse;
  exactFromMs: number;
  /** Whether books are pushed at Bybit's intervals, by depth; else with every step. */
  pacedBooks: boolean;
}

export class Listing implements BookSource {
  readonly key: number;
  readonly units: Units;
  readonly tape: Tape;
  readonly prices: ReferencePrices;
  readonly funding: Funding | undefined;
  readonly positioning: Positioning;
  readonly orders: OrdersInBook;
  publicVersion = 0;
  #spec: Spec;
  readonly #pulse: Pulse;
  readonly #day: DayTracker;
  readonly #liquidity: Liquidity;
  readonly #feeds = new Map<string, BookFeed>();
  readonly #stateMs: number;
  readonly #createdMs: number;
  readonly #isPaced: boolean;

  constructor({ spec, key, path, pulse, exactFromMs, pacedBooks }: ListingOptions) {
    this.#spec = spec;
    this.key = key;
    this.#pulse = pulse;
    this.#createdMs = pulse.untilMs;
    this.#isPaced = pacedBooks;
    this.orders = new OrdersInBook(pulse.stepMs);
    const units = unitsOf(spec);
    this.units = units;
    const dailySteps = Math.round(spec.dailyVolume / units.step.value);
    const volumes = new Volumes({ key, path, units, dailySteps, skipsStill: spec.sparse.quiet > 0 });
    this.tape = new Tape({ key, spec, path, units, volumes, exactFromMs });
    this.prices = new ReferencePrices(key, this.tape, spec.ratio);
    this.funding = spec.fundingMinutes === 0 ? undefined : new Funding(key, spec.fundingMinutes);
    this.positioning = new Positioning(key, spec.sparse.openInterest ? dailySteps * 0.35 : 0);
    this.#day = new DayTracker(this.tape);
    const bookMs = pacedBooks ? spec.coin.bookMs / fasterWherePaced : spec.coin.bookMs;
    this.#stateMs = Math.max(1, Math.round(bookMs / pulse.stepMs)) * pulse.stepMs;
    this.#liquidity = new Liquidity({ key, spec, tape: this.tape, units, stateMs: this.#stateMs });
  }

  get spec(): Spec {
    return this.#spec;
  }

  /**
   * From now on prices go in steps of so many ticks: those of the book and of orders. The tape's trades stay as fine as
   * they were, and so does what rests in the book.
   */
  coarsenTick(times: number): void {
    const { instrument } = this.#spec;
    const decimals = instrument.tickSize.split(".")[1]?.length ?? 0;
    const tickSize = new Big(instrument.tickSize).times(times).toFixed(decimals);
    const info = { ...instrument.info, priceFilter: { ...(instrument.info.priceFilter as object), tickSize } };
    this.#spec = { ...this.#spec, instrument: { ...instrument, tickSize, info } };
    this.#liquidity.coarsenTick(times);
    this.orders.version += 1;
  }

  get publicState(): number {
    return this.#liquidity.state(this.#pulse.untilMs);
  }

  /** The cross sequence of the public book. */
  get seq(): number {
    return seqAt(this.#pulse.untilMs) + 3;
  }

  get untilMs(): number {
    return this.#pulse.untilMs;
  }

  get day(): DayFigures {
    return this.#day.at(this.#pulse.untilMs);
  }

  /** After a minute's end. */
  keepDay(): void {
    this.#day.keep(this.#pulse.untilMs);
  }

  publicSides(depth: number): Sides {
    const { orders } = this;
    const crowd = this.#liquidity.sides(this.publicState, depth + orders.extraLevels);
    if (orders.empty) return crowd;
    return { bids: orders.applied(crowd.bids, true, depth), asks: orders.applied(crowd.asks, false, depth) };
  }

  /** The crowd's own side, without the engine's orders and what it took. */
  crowd(depth: number): Sides {
    return this.#liquidity.sides(this.publicState, depth);
  }

  /** The published book of a depth; there is one of each kind for all who read it. */
  feed(depth: number, kind: BookKind = "levels"): BookFeed {
    const name = `${kind}/${depth}`;
    let feed = this.#feeds.get(name);
    if (feed === undefined) {
      const paced = this.#isPaced ? new PacedBook(this, depth, this.#stateMs) : undefined;
      const firstState = paced?.slot(this.#createdMs) ?? this.#liquidity.state(this.#createdMs);
      feed = new BookFeed(depth, depth * 1_000_003 + 170_000_000 - firstState, paced ?? this);
      this.#feeds.set(name, feed);
    }
    return feed;
  }

  /** Whether the next step does anything to the book beyond what the seed says. */
  get disturbed(): boolean {
    return !this.orders.empty || this.publicVersion !== this.orders.version;
  }

  /** The engine changed the book: every feed that somebody has seen follows at the step. */
  settle(): void {
    if (this.publicVersion === this.orders.version) return;
    this.publicVersion = this.orders.version;
  }

  /** The last price that a moment knows. */
  lastBefore(ms: number): number {
    return this.tape.closeBefore(ms);
  }
}
