/** Funding of a perpetual: the rate of every settlement, past and next, as a function of the seed. */

import { minutes } from "../../../core/units.ts";
import { curve } from "../noise.ts";

export interface FundingRate {
  timeMs: number;
  rate: string;
}

const base = 0.0001;
const decimals = 8;

export class Funding {
  readonly #key: number;
  readonly #intervalMs: number;

  constructor(key: number, intervalMinutes: number) {
    this.#key = key;
    this.#intervalMs = minutes(intervalMinutes);
  }

  /** The settlement at or after a moment. */
  nextMs(ms: number): number {
    return Math.ceil((ms + 1) / this.#intervalMs) * this.#intervalMs;
  }

  rate(settlementMs: number): string {
    const drift = curve(this.#key, settlementMs / this.#intervalMs / 2.5, 31);
    // Most of the time the rate sits at its base, as it does on Bybit.
    const rate = Math.abs(drift) < 0.3 ? base : base + (drift - 0.3 * Math.sign(drift)) * 0.0003;
    return rate.toFixed(decimals).replace(/0+$/, "");
  }

  /** Settlements between two moments, newest first. */
  history(fromMs: number, toMs: number, limit: number): FundingRate[] {
    const found: FundingRate[] = [];
    let at = Math.floor(toMs / this.#intervalMs) * this.#intervalMs;
    for (; at >= fromMs && found.length < limit; at -= this.#intervalMs)
      found.push({ timeMs: at, rate: this.rate(at) });
    return found;
  }
}
