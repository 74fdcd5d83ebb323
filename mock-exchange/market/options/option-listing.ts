/**
 * One option: priced off the BTC perpetual at every moment, with a few levels around that and a trade now and then. It
 * has no klines of trades, as on Bybit; its mark price has.
 */

import { hash, unit } from "../hash.ts";
import type { Listing } from "../listing.ts";
import type { Instrument } from "../market.ts";
import { day, msOf, partsOf } from "../path/levels.ts";
import { joined, type Candle } from "../tape/candle.ts";
import { tradeUuid, seqAt } from "../tape/public-trade.ts";
import { blackScholes, type Greeks } from "./black-scholes.ts";

export interface OptionSpec {
  instrument: Instrument;
  strike: number;
  call: boolean;
  deliveryMs: number;
  launchMs: number;
}

export interface OptionState extends Greeks {
  timeMs: number;
  underlying: number;
  index: number;
  iv: number;
}

export interface OptionTrade {
  timeMs: number;
  /** Ticks. */
  price: number;
  /** Steps. */
  size: number;
  buy: boolean;
  id: string;
  seq: number;
}

export const optionTick = 5;
const stateMs = 1_000;
const tradeEveryMs = 3_600_000;
const hourMs = msOf(1);
const yearMs = 365 * 86_400_000;
const bookLevels = 5;

export class OptionListing {
  readonly spec: OptionSpec;
  readonly #key: number;
  readonly #underlying: Listing;
  readonly #trades = new Map<number, OptionTrade>();

  constructor(spec: OptionSpec, key: number, underlying: Listing) {
    this.spec = spec;
    this.#key = key;
    this.#underlying = underlying;
  }

  /** Epoch ms before which everything is public. */
  get untilMs(): number {
    return this.#underlying.untilMs;
  }

  at(ms: number): OptionState {
    const tick = this.#underlying.units.tick.value;
    const underlying = this.#underlying.prices.mark(ms) * tick;
    return { ...this.#priced(underlying, ms), timeMs: ms, underlying, index: this.#underlying.prices.index(ms) * tick };
  }

  /** A candle of the mark price, in dollars; volume and turnover mean nothing. Undefined before the listing. */
  markCandle(level: number, index: number, untilMs: number): Candle | undefined {
    if (level === day) {
      const hours = Array.from({ length: partsOf(1) }, (_, i) => this.markCandle(1, index * partsOf(1) + i, untilMs));
      return joined(
        index * msOf(day),
        hours.filter((hour) => hour !== undefined),
      );
    }
    const candle = this.#underlying.prices.candle("mark", level, index, untilMs);
    if (candle === undefined || candle.startMs < this.spec.launchMs) return undefined;
    const tick = this.#underlying.units.tick.value;
    const priced = (ticks: number): number => this.#priced(ticks * tick, candle.startMs).price;
    const ends = [priced(candle.high), priced(candle.low)];
    return {
      ...candle,
      open: priced(candle.open),
      close: priced(candle.close),
      high: Math.max(...ends),
      low: Math.min(...ends),
    };
  }

  /** Time runs by the hour: within one the price goes with the underlying's alone, so its candles are that one's. */
  #priced(underlying: number, ms: number): Greeks & { iv: number } {
    const { call, deliveryMs, strike } = this.spec;
    const years = Math.max(deliveryMs - Math.floor(ms / hourMs) * hourMs, 60_000) / yearMs;
    const iv = 0.42 + 0.1 * Math.abs(Math.log(strike / underlying)) + 0.04 * unit(this.#key, 1);
    return { ...blackScholes(call, underlying, strike, years, iv), iv };
  }

  /** Which state of the book a moment belongs to. */
  state(ms: number): number {
    return Math.floor(ms / stateMs);
  }

  /** Price and size, ticks and steps, best first. */
  book(state: number): { bids: [number, number][]; asks: [number, number][] } {
    const fair = this.at(state * stateMs).price;
    const bid = Math.floor((fair * 0.985) / optionTick);
    const ask = Math.ceil((fair * 1.015) / optionTick) + 1;
    const size = (price: number): number =>
      price === bid || price === ask
        ? 2 * (hash(this.#key, price, state | 0) % 500) + 1 + (state & 1)
        : 1 + (hash(this.#key, price, 3) % 1_500);
    const side = (best: number, away: number): [number, number][] =>
      Array.from({ length: bookLevels }, (_, i): [number, number] => [best + i * away, size(best + i * away)]).filter(
        ([price]) => price > 0,
      );
    return { bids: side(bid, -1), asks: side(ask, 1) };
  }

  /** The newest trades before a moment, newest first. */
  recent(limit: number, untilMs: number, fromMs = this.spec.launchMs): OptionTrade[] {
    const found: OptionTrade[] = [];
    for (let slot = Math.floor(untilMs / tradeEveryMs); slot * tradeEveryMs >= fromMs - tradeEveryMs; slot -= 1) {
      if (found.length >= limit) break;
      const trade = this.#trade(slot);
      if (trade.timeMs < untilMs && trade.timeMs >= fromMs) found.push(trade);
    }
    return found;
  }

  /** Steps traded since the listing. */
  volumeBefore(untilMs: number): number {
    let sum = 0;
    for (let slot = Math.floor(untilMs / tradeEveryMs) - 1; slot * tradeEveryMs >= this.spec.launchMs; slot -= 1) {
      sum += this.#sizeIn(slot);
    }
    return sum;
  }

  #sizeIn(slot: number): number {
    return 1 + (hash(this.#key, slot, 53) % 40);
  }

  #trade(slot: number): OptionTrade {
    const known = this.#trades.get(slot);
    if (known !== undefined) return known;
    const made = this.#draw(slot);
    this.#trades.set(slot, made);
    return made;
  }

  #draw(slot: number): OptionTrade {
    const timeMs = slot * tradeEveryMs + Math.floor(unit(this.#key, slot, 51) * tradeEveryMs);
    const buy = hash(this.#key, slot, 52) % 2 === 0;
    const { bids, asks } = this.book(this.state(timeMs));
    const price = (buy ? asks[0]?.[0] : bids[0]?.[0]) ?? 1;
    const size = this.#sizeIn(slot);
    return { timeMs, price, size, buy, id: tradeUuid(this.#key, timeMs, slot % 1_000), seq: seqAt(timeMs) + 1 };
  }
}
