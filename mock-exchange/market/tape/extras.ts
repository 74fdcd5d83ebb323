/** Trades that the engine caused, in order of time: what the seed alone did not foresee. */

export interface ExtraTrade {
  timeMs: number;
  price: number;
  size: number;
  buy: boolean;
  nth: number;
}

export class Extras {
  readonly #trades: ExtraTrade[] = [];

  get none(): boolean {
    return this.#trades.length === 0;
  }

  /** How many there have been: the next one's number. */
  get count(): number {
    return this.#trades.length;
  }

  add(trade: ExtraTrade): void {
    let at = this.#trades.length;
    while (at > 0 && (this.#trades[at - 1]?.timeMs ?? 0) > trade.timeMs) at -= 1;
    this.#trades.splice(at, 0, trade);
  }

  /** Those from `fromMs` on and before `toMs`, oldest first. */
  between(fromMs: number, toMs: number): readonly ExtraTrade[] {
    if (this.none || (this.#trades.at(-1)?.timeMs ?? 0) < fromMs) return [];
    return this.#trades.filter((trade) => trade.timeMs >= fromMs && trade.timeMs < toMs);
  }

  lastBefore(ms: number): ExtraTrade | undefined {
    return this.none ? undefined : this.#trades.findLast((trade) => trade.timeMs < ms);
  }
}
