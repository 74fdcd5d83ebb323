/**
 * Warnings that repeat. The first of its kind is printed at once; of those that follow, a minute's are one line with how many
 * they were and the last of them. What is wrong with the data itself (a young symbol, an empty book) is as it is for hours,
 * and gets such a line an hour. A day of hundreds of equal lines an hour is a log that nobody can read when it counts.
 */

import { log } from "./log.ts";

export interface Warnings {
  /** @param about What makes two warnings of a kind; the text may differ. */
  warn(about: string, text: string): void;
  /** The same of data that is poor, and not of something that failed. */
  poorData(about: string, text: string): void;
}

interface Kind {
  heldBack: number;
  last: string;
}

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;

export class CollapsedWarnings implements Warnings {
  readonly #kinds = new Map<string, Kind>();

  warn(about: string, text: string): void {
    this.collapse(about, text, minuteMs);
  }

  poorData(about: string, text: string): void {
    this.collapse(about, text, hourMs);
  }

  protected collapse(about: string, text: string, everyMs: number): void {
    const kind = this.#kinds.get(about);
    if (kind === undefined) {
      log(`warning: ${text}`);
      this.#kinds.set(about, { heldBack: 0, last: text });
      this.#later(about, everyMs);
      return;
    }
    kind.heldBack += 1;
    kind.last = text;
  }

  /** A kind that has not come again is forgotten: the next of it is a first one. */
  #summarise(about: string, everyMs: number): void {
    const kind = this.#kinds.get(about);
    if (kind === undefined || kind.heldBack === 0) {
      this.#kinds.delete(about);
      return;
    }
    const more = kind.heldBack === 1 ? "" : ` (and ${kind.heldBack - 1} more like it)`;
    log(`warning: ${kind.last}${more}`);
    kind.heldBack = 0;
    this.#later(about, everyMs);
  }

  #later(about: string, everyMs: number): void {
    setTimeout(() => this.#summarise(about, everyMs), everyMs).unref();
  }
}
