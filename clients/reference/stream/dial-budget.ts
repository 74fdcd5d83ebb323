/**
 * How often this client may dial, all its connections together: Bybit counts 500 new connections in 5 minutes by
 * address, and whoever comes near it is refused as a whole. Forty at once and one more every 5 s are at most a hundred
 * in any 5 minutes, however many connections fail and however fast.
 */

export interface DialBudget {
  /** Takes the next dial. @returns How long it has to wait, ms. */
  take(): number;
}

const burst = 40;
const everyMs = 5_000;

export class HundredInFiveMinutes implements DialBudget {
  /** When all that was taken would have been earned. */
  #paidUpAt = -Infinity;

  take(): number {
    const now = performance.now();
    this.#paidUpAt = Math.max(this.#paidUpAt, now) + everyMs;
    return Math.max(this.#paidUpAt - burst * everyMs - now, 0);
  }
}
