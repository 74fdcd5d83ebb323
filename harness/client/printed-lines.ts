/**
 * How often a client prints the same line, for the journal: equal but for numbers and dates, counted over a minute of
 * incident from the first one on. The lines themselves are in `client.log`; a journal that held them all would be as
 * unreadable as the log of which a check wants to complain.
 */

import type { Clock, Timer } from "../../core/clock.ts";
import type { JournalSink } from "../../core/journal/event.ts";
import { seconds } from "../../core/units.ts";

/** A minute, less what a line may be late on its way here, which at a high compression is seconds. */
const windowMs = seconds(45);
/** A program that never prints the same twice must not fill the journal. */
const mostLines = 100;
const longestLine = 200;

interface Count {
  times: number;
  firstMs: number;
  lastMs: number;
  end: Timer;
}

export class PrintedLines {
  readonly #clock: Clock;
  readonly #journal: JournalSink;
  readonly #counts = new Map<string | null, Count>();

  constructor(clock: Clock, journal: JournalSink) {
    this.#clock = clock;
    this.#journal = journal;
  }

  count(text: string): void {
    const masked = maskNumbers(text);
    this.#count(this.#counts.has(masked) || this.#counts.size < mostLines ? masked : null, 1);
  }

  /** Lines that nobody has looked at: they cannot be counted one by one. */
  countUnseen(times: number): void {
    if (times > 0) this.#count(null, times);
  }

  #count(line: string | null, times: number): void {
    const count = this.#counts.get(line);
    const nowMs = this.#clock.elapsed();
    if (count !== undefined) {
      count.times += times;
      count.lastMs = nowMs;
      return;
    }
    const end = this.#clock.after(windowMs, () => this.#write(line));
    this.#counts.set(line, { times, firstMs: nowMs, lastMs: nowMs, end });
  }

  /** Writes what was not written yet. */
  end(): void {
    for (const line of [...this.#counts.keys()]) this.#write(line);
  }

  #write(line: string | null): void {
    const count = this.#counts.get(line);
    if (count === undefined) return;
    count.end.cancel();
    this.#counts.delete(line);
    const { times, firstMs, lastMs } = count;
    const agoMs = Math.round(this.#clock.elapsed() - firstMs);
    this.#journal.write("client.printed", { line, times, agoMs, spanMs: Math.round(lastMs - firstMs) });
  }
}

const masks = [
  /\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:[.,]\d+)?(?:Z|[+-]\d\d:?\d\d)?/g,
  // An id, if it has a digit: words may be made of a to f.
  /\b(?=[a-f-]*\d)[\da-f]{8,}(?:-[\da-f]+)*\b/gi,
  // Not within a name: conn_6 and conn_8 are two.
  /(?<![\w.])\d+(?:[.,:]\d+)*/g,
];

/** `2025-10-29T07:13:58.120Z warning: 3 of 15` -> `# warning: # of #`. */
export const maskNumbers = (text: string): string =>
  masks.reduce((masked, pattern) => masked.replace(pattern, "#"), text.slice(0, longestLine));
