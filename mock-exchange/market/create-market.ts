/**
 * Makes the simulated markets: every instrument of the catalogue, moved by one pulse, and the seam through which the
 * engine trades on them. Same seed, same start and same orders give the same market, whatever the wall does.
 */

import { Big } from "big.js";
import type { Clock } from "../../core/clock.ts";
import type { Random } from "../../core/random.ts";
import { hours, minutes } from "../../core/units.ts";
import { inverseSpecs } from "./catalogue/inverse.ts";
import { linearSpecs } from "./catalogue/linear.ts";
import { optionSpecs } from "./catalogue/option.ts";
import type { Spec } from "./catalogue/spec.ts";
import { spotSpecs } from "./catalogue/spot.ts";
import { stepsDown, stepsUp, toBig } from "./decimal.ts";
import { checkedStepMs, defaultStepMs, finestMs } from "./grid.ts";
import { keyOf } from "./hash.ts";
import { Listing } from "./listing.ts";
import type { MarketData } from "./market-data.ts";
import type { Category, Fill, Instrument, Quote, Side } from "./market.ts";
import { hit, meetFlow, reachable, take, type OnFilled, type TakenPart } from "./matching.ts";
import { OptionListing } from "./options/option-listing.ts";
import { CoinPath } from "./path/coin-path.ts";
import { PriceWatch } from "./price-watch.ts";
import { Pulse, type Step } from "./pulse.ts";
import { oncePerPresent } from "./views/once-per-present.ts";

export interface MarketOptions {
  clock: Clock;
  random: Random;
  /** Linear symbols that have to be there besides the catalogue's. */
  symbols?: readonly string[];
  /** Incident ms of one step, a whole part of a minute. Default 100, and 10 where books are paced. */
  stepMs?: number | undefined;
  /** Whether books are pushed at Bybit's intervals, by depth; else with every step. Default false. */
  pacedBooks?: boolean | undefined;
}

/** Turnover is exact to the trade from this long before the start. */
const exactMs = hours(2);
const minuteMs = minutes(1);

export function createMarket({ clock, random, symbols, stepMs, pacedBooks = false }: MarketOptions): MarketData {
  const pulse = new Pulse(clock, checkedStepMs(stepMs ?? (pacedBooks ? finestMs : defaultStepMs)));
  const { startMs } = clock;
  const paths = new Map<string, CoinPath>();
  const exactFromMs = Math.floor((startMs - exactMs) / hours(1)) * hours(1);
  const listingOf = (spec: Spec): Listing => {
    const { coin, instrument, sparse } = spec;
    let path = paths.get(coin.name);
    if (path === undefined) {
      path = new CoinPath(keyOf(random, `coin/${coin.name}`), startMs, coin.volatility, sparse.quiet);
      paths.set(coin.name, path);
    }
    const key = keyOf(random, `${instrument.category}/${instrument.symbol}`);
    return new Listing({ spec, key, path, pulse, exactFromMs, pacedBooks });
  };

  const books = {
    linear: bySymbol(linearSpecs(startMs, symbols).map(listingOf)),
    inverse: bySymbol(inverseSpecs(startMs).map(listingOf)),
    spot: bySymbol(spotSpecs(startMs).map(listingOf)),
  };
  const underlying = books.linear.get("BTCUSDT");
  const options = bySymbol(
    underlying === undefined
      ? []
      : optionSpecs(startMs).map(
          (spec) => new OptionListing(spec, keyOf(random, `option/${spec.instrument.symbol}`), underlying),
        ),
  );
  const listed = { ...books, option: options };
  const everything = [...books.linear.values(), ...books.inverse.values(), ...books.spot.values()];
  const restingIn = new Map<string, Listing>();

  const filledListeners = new Set<(id: string, fill: Fill) => void>();
  const prices = new PriceWatch(everything);
  const filledIn =
    (listing: Listing): OnFilled =>
    (order, part) => {
      if (order.size <= 0) restingIn.delete(order.id);
      for (const listener of [...filledListeners]) listener(order.id, fillOf(listing, part));
    };

  const move = (step: Step): void => {
    for (const listing of everything) meetFlow(listing, step, filledIn(listing));
    for (const listing of everything) listing.settle();
    if (Math.floor(step.untilMs / minuteMs) > Math.floor(step.fromMs / minuteMs)) {
      for (const listing of everything) listing.keepDay();
    }
    prices.step(step);
  };
  pulse.onStep(move, () => prices.watchesAny || everything.some((listing) => listing.disturbed));

  const find = (category: Category, symbol: string): Listing => {
    const listing = category === "option" ? undefined : books[category].get(symbol);
    if (listing === undefined) throw new RangeError(`no ${category} market for ${symbol}`);
    return listing;
  };
  const limitOf = (listing: Listing, side: Side, price: Big | undefined): number => {
    if (price === undefined) return side === "Buy" ? Infinity : 0;
    return side === "Buy" ? stepsDown(price, listing.units.tick) : stepsUp(price, listing.units.tick);
  };

  return {
    stepMs: pulse.stepMs,
    get untilMs() {
      return pulse.untilMs;
    },
    catchUp: () => pulse.catchUp(),
    onStep: (listener, notices) => pulse.onStep(listener, notices),
    listings: (category) => [...books[category].values()],
    listing: (category, symbol) => books[category].get(symbol),
    options: () => [...options.values()],
    option: (symbol) => options.get(symbol),
    close: () => pulse.stop(),

    instruments: (category) => [...listed[category].values()].map(({ spec }): Instrument => spec.instrument),
    instrument: (category, symbol) => listed[category].get(symbol)?.spec.instrument,
    quote(category, symbol) {
      if (category === "option") return optionQuote(options.get(symbol));
      return quoteOf(find(category, symbol));
    },
    level(category, symbol, side, nth) {
      if (category === "option") return null;
      const listing = find(category, symbol);
      const { bids, asks } = listing.publicSides(nth);
      const { prices, length } = side === "Buy" ? bids : asks;
      return length < nth ? null : toBig(prices[nth - 1] ?? 0, listing.units.tick);
    },
    takeable(category, symbol, side, limitPrice) {
      if (category === "option") return new Big(0);
      const listing = find(category, symbol);
      const limit = limitOf(listing, side, limitPrice);
      const found = reachable(listing, { buy: side === "Buy", limit, size: Infinity });
      return toBig(
        found.reduce((sum, [, size]) => sum + size, 0),
        listing.units.step,
      );
    },
    take(category, symbol, side, qty, limitPrice) {
      if (category === "option") return [];
      const listing = find(category, symbol);
      const taking = {
        buy: side === "Buy",
        size: stepsDown(qty, listing.units.step),
        limit: limitOf(listing, side, limitPrice),
        step: pulse.step,
        nowMs: Math.max(pulse.nowMs, pulse.untilMs),
      };
      const fills = take(listing, taking, filledIn(listing)).map((part) => fillOf(listing, part));
      if (fills.length > 0) prices.changed(listing);
      return fills;
    },
    rest({ id, category, symbol, side, price, qty }) {
      const listing = find(category, symbol);
      const { step } = listing.units;
      const buy = side === "Buy";
      listing.orders.rest({ id, buy, price: limitOf(listing, side, price), size: stepsDown(qty, step) });
      restingIn.set(id, listing);
    },
    unrest(id) {
      restingIn.get(id)?.orders.unrest(id);
      restingIn.delete(id);
    },
    hit(id) {
      const listing = restingIn.get(id);
      const order = listing?.orders.byId(id);
      if (listing === undefined || order === undefined) return;
      hit(listing, order, Math.max(pulse.nowMs, pulse.untilMs), filledIn(listing));
      prices.changed(listing);
    },
    coarsenTick(category, symbol, times) {
      if (category === "option") throw new RangeError("options keep their ticks");
      find(category, symbol).coarsenTick(times);
    },
    onRestingFilled(listener) {
      filledListeners.add(listener);
      return () => filledListeners.delete(listener);
    },
    onPrices: (listener, watched) => prices.add(listener, watched),
  };
}

const bySymbol = <T extends Listing | OptionListing>(all: readonly T[]): Map<string, T> =>
  new Map(all.map((listing) => [listing.spec.instrument.symbol, listing]));

const fillOf = ({ units }: Listing, part: TakenPart): Fill => ({
  price: toBig(part.price, units.tick),
  qty: toBig(part.size, units.step),
  timeMs: part.timeMs,
  execId: part.id,
  seq: part.seq,
});

/** An account asks for the quote of each of its positions whenever one of them moves. */
const quoteOf = oncePerPresent((listing: Listing): Quote => {
  const { untilMs, tape, prices } = listing;
  const { tick } = listing.units;
  const { bids, asks } = listing.publicSides(1);
  const extra = tape.extras.lastBefore(Infinity);
  const last = extra !== undefined && extra.timeMs >= untilMs ? extra.price : listing.lastBefore(untilMs);
  return {
    bid: bids.length === 0 ? null : toBig(bids.prices[0] ?? 0, tick),
    ask: asks.length === 0 ? null : toBig(asks.prices[0] ?? 0, tick),
    last: toBig(last, tick),
    mark: toBig(prices.mark(untilMs), tick),
    index: toBig(prices.index(untilMs), tick),
  };
});

function optionQuote(option: OptionListing | undefined): ReturnType<MarketData["quote"]> {
  if (option === undefined) throw new RangeError("no such option");
  const { bids, asks } = option.book(option.state(option.untilMs));
  const [tick, { price, index }] = [option.spec.instrument.tickSize, option.at(option.untilMs)];
  const level = (side: [number, number][]): Big | null =>
    side[0] === undefined ? null : new Big(tick).times(side[0][0]);
  const [last] = option.recent(1, option.untilMs);
  return {
    bid: level(bids),
    ask: level(asks),
    last: new Big(tick).times(last?.price ?? 0),
    mark: new Big(price.toFixed(8)),
    index: new Big(index.toFixed(8)),
  };
}
