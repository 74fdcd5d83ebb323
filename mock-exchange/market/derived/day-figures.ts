/** The figures of the last 24 hours, from the last 1440 candles of a minute, the open one included. */

import { minute, msOf } from "../path/levels.ts";
import { joined, type Candle } from "../tape/candle.ts";
import type { Tape } from "../tape/tape.ts";

const minuteMs = msOf(minute);
const perHour = 60;
const perDay = 1_440;

export interface DayFigures {
  /** What the price was 24 hours ago, or at the listing. */
  open: number;
  hourAgo: number;
  high: number;
  low: number;
  last: number;
  volume: number;
  turnover: number;
}

export class DayTracker {
  readonly #tape: Tape;
  /** The closed part changes once a minute only. */
  #closed: { minute: number; candle: Candle | undefined; hourAgo: number } | undefined;

  constructor(tape: Tape) {
    this.#tape = tape;
  }

  at(untilMs: number): DayFigures {
    const current = Math.floor(untilMs / minuteMs);
    if (this.#closed?.minute !== current) this.#closed = this.#close(current, untilMs);
    const open = this.#tape.candle(minute, current, untilMs);
    const parts = [this.#closed.candle, open].filter((candle) => candle !== undefined);
    const whole = joined(current * minuteMs, parts);
    if (whole === undefined) return { open: 0, hourAgo: 0, high: 0, low: 0, last: 0, volume: 0, turnover: 0 };
    return { ...whole, last: whole.close, hourAgo: this.#closed.hourAgo || whole.open };
  }

  #close(current: number, untilMs: number): { minute: number; candle: Candle | undefined; hourAgo: number } {
    const parts: Candle[] = [];
    const add = (level: number, index: number): void => {
      const candle = this.#tape.candle(level, index, untilMs);
      if (candle !== undefined) parts.push(candle);
    };
    // Whole hours where there are some: 24 candles instead of 1440.
    for (let at = current - perDay + 1; at < current;) {
      const wholeHour = at % perHour === 0 && at + perHour <= current;
      add(wholeHour ? 1 : minute, wholeHour ? at / perHour : at);
      at += wholeHour ? perHour : 1;
    }
    const hourAgo = this.#tape.candle(minute, current - perHour + 1, untilMs)?.open ?? 0;
    return { minute: current, candle: joined(current * minuteMs, parts), hourAgo };
  }
}
