/**
 * Warnings that repeat: the same one at most once a minute, with how often it was held back. A day of hundreds of equal
 * lines an hour is a log that nobody can read when it counts.
 */

import { log } from "./log.ts";

export interface Warnings {
  /** @param about What makes two warnings equal; the text may differ. */
  warn(about: string, text: string): void;
}

const everyMs = 60_000;

export class OncePerMinute implements Warnings {
  readonly #printed = new Map<string, { at: number; heldBack: number }>();

  warn(about: string, text: string): void {
    const before = this.#printed.get(about);
    if (before !== undefined && performance.now() - before.at < everyMs) {
      before.heldBack += 1;
      return;
    }
    const repeats = before === undefined || before.heldBack === 0 ? "" : ` (and ${before.heldBack} more like it)`;
    this.#printed.set(about, { at: performance.now(), heldBack: 0 });
    log(`warning: ${text}${repeats}`);
  }
}
