/**
 * The figures of the last 24 hours, from the last 1440 candles of a minute, the open one included. Kept from minute to
 * minute: the day is a part of its first hour, whole hours, and the hour that runs, and only the last of them grows.
 */

import { minute, msOf } from "../path/levels.ts";
import { joined, type Candle } from "../tape/candle.ts";
import type { Tape } from "../tape/tape.ts";

const hour = 1;
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

interface Kept {
  /** The hour that runs. */
  hour: number;
  /** Of the hour that the day begins in: the candle from each of its minutes to its end. */
  first: readonly (Candle | undefined)[];
  whole: Candle | undefined;
  /** Of the hour that runs, before `until`. */
  running: Candle | undefined;
  until: number;
}

export class DayTracker {
  readonly #tape: Tape;
  #kept: Kept | undefined;

  constructor(tape: Tape) {
    this.#tape = tape;
  }

  /** A minute is over: where somebody reads these figures, the next reader does not pay for all that passed. */
  keep(untilMs: number): void {
    if (this.#kept !== undefined) this.#upTo(Math.floor(untilMs / minuteMs), untilMs);
  }

  at(untilMs: number): DayFigures {
    const current = Math.floor(untilMs / minuteMs);
    const { first, whole, running } = this.#upTo(current, untilMs);
    const from = first[(current - perDay + 1) % perHour];
    // Where the day begins with an hour, that hour is one of the whole ones.
    const parts = [(current + 1) % perHour === 0 ? undefined : from, whole, running];
    const open = this.#tape.candle(minute, current, untilMs);
    const day = join([...parts, open]);
    if (day === undefined) return { open: 0, hourAgo: 0, high: 0, low: 0, last: 0, volume: 0, turnover: 0 };
    const hourAgo = this.#tape.candle(minute, current - perHour + 1, untilMs)?.open ?? 0;
    return { ...day, last: day.close, hourAgo: hourAgo || day.open };
  }

  #upTo(current: number, untilMs: number): Kept {
    const nowHour = Math.floor(current / perHour);
    // Nobody asks for the past; where somebody does, it is put together anew.
    let kept = this.#kept;
    if (kept?.hour !== nowHour || kept.until > current) kept = this.#ofHour(nowHour, untilMs);
    for (; kept.until < current; kept.until += 1) {
      kept.running = join([kept.running, this.#tape.candle(minute, kept.until, untilMs)]);
    }
    this.#kept = kept;
    return kept;
  }

  #ofHour(nowHour: number, untilMs: number): Kept {
    const hours = perDay / perHour;
    const first: (Candle | undefined)[] = [];
    for (let at = perHour - 1; at >= 0; at -= 1) {
      first[at] = join([this.#tape.candle(minute, (nowHour - hours) * perHour + at, untilMs), first[at + 1]]);
    }
    const whole = Array.from({ length: hours - 1 }, (_, at) =>
      this.#tape.candle(hour, nowHour - hours + 1 + at, untilMs),
    );
    return { hour: nowHour, first, whole: join(whole), running: undefined, until: nowHour * perHour };
  }
}

const join = (parts: readonly (Candle | undefined)[]): Candle | undefined => {
  const there = parts.filter((candle) => candle !== undefined);
  return joined(there[0]?.startMs ?? 0, there);
};
