/**
 * What the crowd trades of one instrument, as a function of the seed alone and worked out when asked: its candles, and
 * the single trades of a minute. The book, the index and the mark price go by it; the tape adds what the engine traded.
 */

import { day, minute, msOf, partsOf } from "../path/levels.ts";
import { fields } from "../path/split.ts";
import { joined, type Candle } from "./candle.ts";
import { drawTrades, type MinuteTrades } from "./draw-trades.ts";
import { eachOf } from "./each-trade.ts";
import { minuteCandle } from "./minute-candle.ts";
import type { FlowTrade } from "./public-trade.ts";
import type { TapeOptions } from "./tape-options.ts";

const minuteMs = msOf(minute);
const keepMinutes = 128;

export class Flow {
  readonly #options: TapeOptions;
  readonly #drawn = new Map<number, MinuteTrades>();

  constructor(options: TapeOptions) {
    this.#options = options;
  }

  /** Trades from `fromMs` on and before `toMs`, oldest first. */
  trades(fromMs: number, toMs: number): FlowTrade[] {
    const found: FlowTrade[] = [];
    for (let at = Math.floor(fromMs / minuteMs); at * minuteMs < toMs; at += 1) {
      eachOf(this.minute(at), [], (timeMs, price, size, buy) => {
        if (timeMs >= fromMs && timeMs < toMs) found.push({ timeMs, price, size, buy });
      });
    }
    return found;
  }

  /** What the last trade before a moment paid, and which way: what the book stands around. */
  before(ms: number): { price: number; buy: boolean } {
    const at = Math.floor(ms / minuteMs);
    const base = this.minute(at);
    let last = base.count - 1;
    while (last >= 0 && (base.times[last] ?? 0) >= ms) last -= 1;
    if (last < 0) return { price: this.#openOf(at), buy: at % 2 === 0 };
    return { price: base.prices[last] ?? 0, buy: base.buys[last] === 1 };
  }

  /** When the next trade is, at a moment or after it; the minute's end where it has no more. */
  nextFrom(ms: number): number {
    const at = Math.floor(ms / minuteMs);
    const { times, count } = this.minute(at);
    let next = count;
    while (next > 0 && (times[next - 1] ?? 0) >= ms) next -= 1;
    return next === count ? (at + 1) * minuteMs : (times[next] ?? 0);
  }

  /** The candle of a level as it stands at `untilMs`; undefined before the listing and in the future. */
  candle(level: number, index: number, untilMs: number): Candle | undefined {
    const { spec, units } = this.#options;
    const ms = msOf(level);
    const startMs = index * ms;
    if (startMs > untilMs || startMs + ms <= spec.launchMs) return undefined;
    if (startMs + ms <= untilMs) return this.foreseen(level, index);
    if (level < minute) {
      const parts = Array.from({ length: partsOf(level + 1) }, (_, i) =>
        this.candle(level + 1, index * partsOf(level + 1) + i, untilMs),
      );
      return joined(
        startMs,
        parts.filter((part) => part !== undefined),
      );
    }
    return minuteCandle(startMs, this.#openOf(index), this.minute(index), { extras: [], untilMs, units });
  }

  /** A whole candle, whether its time has come or not. */
  foreseen(level: number, index: number): Candle {
    const parts = partsOf(level);
    const group = Math.floor(index / parts);
    const nth = level === day ? 0 : index - group * parts;
    const at = nth * fields;
    const { path, units, volumes } = this.#options;
    const prices = path.group(level, group);
    const shares = volumes.group(level, group);
    return {
      startMs: index * msOf(level),
      open: units.ticks(prices[at] ?? 0),
      high: units.ticks(prices[at + 1] ?? 0),
      low: units.ticks(prices[at + 2] ?? 0),
      close: units.ticks(prices[at + 3] ?? 0),
      volume: shares.volume[nth] ?? 0,
      turnover: shares.turnover[nth] ?? 0,
    };
  }

  /** The single trades of a whole minute. */
  minute(index: number): MinuteTrades {
    const known = this.#drawn.get(index);
    if (known !== undefined) return known;
    const { key, spec } = this.#options;
    const listed = index * minuteMs >= spec.launchMs;
    const candle = this.foreseen(minute, index);
    const drawn = drawTrades(key, listed ? candle : { ...candle, volume: 0 }, spec.coin.tradesPerMinute);
    if (this.#drawn.size >= keepMinutes) this.#drawn.delete(this.#drawn.keys().next().value ?? 0);
    this.#drawn.set(index, drawn);
    return drawn;
  }

  #openOf(index: number): number {
    const parts = partsOf(minute);
    const group = Math.floor(index / parts);
    return this.#options.units.ticks(this.#options.path.group(minute, group)[(index - group * parts) * fields] ?? 0);
  }
}
