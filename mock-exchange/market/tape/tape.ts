/**
 * Everything that was ever traded of one instrument: trades, and candles of a day, an hour, a quarter and a minute. The
 * flow's trades, which the seed alone fixes, with the engine's merged in. Whatever is asked "until" a moment knows
 * nothing that happens from that moment on.
 */

import { levels, minute, msOf, partsOf } from "../path/levels.ts";
import { joined, type Candle } from "./candle.ts";
import { eachOf } from "./each-trade.ts";
import { Extras, type ExtraTrade } from "./extras.ts";
import { Flow } from "./flow.ts";
import { minuteCandle } from "./minute-candle.ts";
import { directionOf, seqAt, tradeNumber, tradeUuid, type PublicTrade, type TickDirection } from "./public-trade.ts";
import type { TapeOptions } from "./tape-options.ts";

const minuteMs = msOf(minute);
const keepClosed = 4_000;
/** The newest trades are looked for no further back than this. */
export const reachMinutes = 3_000;

export class Tape {
  readonly flow: Flow;
  readonly extras = new Extras();
  readonly #options: TapeOptions;
  readonly #closed = levels.map(() => new Map<number, Candle>());
  /** How long the engine's last trade may stay the last one. */
  readonly #lingerMinutes: number;

  constructor(options: TapeOptions) {
    this.#options = options;
    this.flow = new Flow(options);
    this.#lingerMinutes = options.spec.sparse.quiet > 0 ? 1_440 : 2;
  }

  /** Trades from `fromMs` on and before `toMs`, oldest first. */
  trades(fromMs: number, toMs: number): PublicTrade[] {
    const found: PublicTrade[] = [];
    const from = Math.max(fromMs, this.#options.spec.launchMs);
    let before = NaN;
    for (let at = Math.floor(from / minuteMs); at * minuteMs < toMs; at += 1) {
      const startMs = at * minuteMs;
      const base = this.flow.minute(at);
      const extras = this.extras.between(startMs, startMs + minuteMs);
      if (Number.isNaN(before) && base.count + extras.length > 0) before = this.closeBefore(startMs);
      eachOf(base, extras, (timeMs, price, size, buy, nth, extra) => {
        if (timeMs >= from && timeMs < toMs) found.push(this.#public(timeMs, price, size, buy, before, nth, extra));
        before = price;
      });
    }
    return found;
  }

  /** The newest trades before `untilMs`, oldest first, at most `limit`. */
  recent(limit: number, untilMs: number): PublicTrade[] {
    const found: PublicTrade[] = [];
    let at = Math.floor((untilMs - 1) / minuteMs);
    for (let looked = 0; found.length < limit && looked < reachMinutes; looked += 1, at -= 1) {
      if ((at + 1) * minuteMs <= this.#options.spec.launchMs) break;
      found.unshift(...this.trades(at * minuteMs, Math.min((at + 1) * minuteMs, untilMs)));
    }
    return found.slice(-limit);
  }

  /** Where the last trade before a moment moved the price. */
  lastDirection(ms: number): TickDirection {
    let direction: TickDirection | undefined;
    const newest = Math.floor((ms - 1) / minuteMs);
    for (let at = newest; direction === undefined && at > newest - this.#lingerMinutes; at -= 1) {
      let before = this.closeBefore(at * minuteMs);
      const extras = this.extras.between(at * minuteMs, (at + 1) * minuteMs);
      eachOf(this.flow.minute(at), extras, (timeMs, price, _size, buy) => {
        if (timeMs < ms) direction = directionOf(price, before, buy);
        before = price;
      });
    }
    return direction ?? "ZeroPlusTick";
  }

  /** The price of the last trade before a moment. */
  closeBefore(ms: number): number {
    const extra = this.extras.lastBefore(ms);
    if (extra === undefined || extra.timeMs < ms - this.#lingerMinutes * minuteMs) return this.flow.before(ms).price;
    for (let at = Math.floor(ms / minuteMs); at * minuteMs + minuteMs > extra.timeMs; at -= 1) {
      const base = this.flow.minute(at);
      for (let i = base.count - 1; i >= 0; i -= 1) {
        const timeMs = base.times[i] ?? 0;
        if (timeMs < ms) return timeMs > extra.timeMs ? (base.prices[i] ?? 0) : extra.price;
      }
    }
    return extra.price;
  }

  /** Until when no price changes that a moment knows, unless the engine trades; within a minute. */
  stillUntil(ms: number): number {
    const extra = this.extras.lastBefore(ms);
    const lingersMs = (extra?.timeMs ?? -Infinity) + this.#lingerMinutes * minuteMs;
    const next = this.flow.nextFrom(ms);
    return lingersMs < ms ? next : Math.min(next, lingersMs + 1);
  }

  /** The candle of a level as it stands at `untilMs`; undefined before the listing and in the future. */
  candle(level: number, index: number, untilMs: number): Candle | undefined {
    const ms = msOf(level);
    const startMs = index * ms;
    const endMs = startMs + ms;
    const { exactFromMs, spec } = this.#options;
    if (startMs > untilMs || endMs <= spec.launchMs) return undefined;
    const closed = endMs <= untilMs;
    if (closed && endMs <= exactFromMs && startMs >= spec.launchMs) return this.flow.foreseen(level, index);

    const known = closed ? this.#closed[level]?.get(index) : undefined;
    if (known !== undefined) return known;
    const made = level === minute ? this.#minute(index, untilMs) : this.#joined(level, index, untilMs);
    if (closed && made !== undefined) this.#keep(level, index, made);
    return made;
  }

  #keep(level: number, index: number, candle: Candle): void {
    const cache = this.#closed[level];
    if (cache === undefined) return;
    if (cache.size >= keepClosed) cache.clear();
    cache.set(index, candle);
  }

  #joined(level: number, index: number, untilMs: number): Candle | undefined {
    const parts = partsOf(level + 1);
    const found: Candle[] = [];
    for (let i = 0; i < parts; i += 1) {
      const part = this.candle(level + 1, index * parts + i, untilMs);
      if (part !== undefined) found.push(part);
    }
    return joined(index * msOf(level), found);
  }

  #minute(index: number, untilMs: number): Candle {
    const startMs = index * minuteMs;
    const extras = this.extras.between(startMs, startMs + minuteMs);
    const { units } = this.#options;
    return minuteCandle(startMs, this.closeBefore(startMs), this.flow.minute(index), { extras, untilMs, units });
  }

  #public(
    timeMs: number,
    price: number,
    size: number,
    buy: boolean,
    before: number,
    nth: number,
    extra: boolean,
  ): PublicTrade {
    const { key, spec } = this.#options;
    const number = extra ? 1_000 + nth : nth;
    return {
      timeMs,
      price,
      size,
      buy,
      direction: directionOf(price, before, buy),
      id: spec.instrument.category === "spot" ? tradeNumber(timeMs, number) : tradeUuid(key, timeMs, number),
      seq: seqAt(timeMs) + (extra ? 2 : 1),
    };
  }

  /** The id and seq that an engine's trade has on the tape. */
  identify(trade: ExtraTrade): { id: string; seq: number } {
    return this.#public(trade.timeMs, trade.price, trade.size, trade.buy, trade.price, trade.nth, true);
  }
}
