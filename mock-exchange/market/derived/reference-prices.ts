/**
 * Index, mark and premium of a contract: the flow's price times a ratio that holds for an hour. Monotone and hourly, so
 * the candles of these prices are the candles of the flow, scaled.
 */

import { curve } from "../noise.ts";
import { joined, type Candle } from "../tape/candle.ts";
import { day, msOf, partsOf } from "../path/levels.ts";
import type { Tape } from "../tape/tape.ts";

export type ReferenceKind = "index" | "mark" | "premium";

const hourMs = msOf(1);
/** Premium candles count in units of 1e-8. */
export const premiumDecimals = 8;
const premiumScale = 10 ** premiumDecimals;

/** Index and mark candles are drawn by the hour at most. */
export const referenceLevel = 1;

export class ReferencePrices {
  readonly #key: number;
  readonly #tape: Tape;
  readonly #ratio: number;

  /** @param ratio The instrument's price over its index in the long run. */
  constructor(key: number, tape: Tape, ratio: number) {
    this.#key = key;
    this.#tape = tape;
    this.#ratio = ratio;
  }

  /** Ticks. */
  index(ms: number): number {
    return Math.max(1, Math.round(this.#tape.flow.before(ms).price * this.#over(ms, "index")));
  }

  /** Ticks. */
  mark(ms: number): number {
    return Math.max(1, Math.round(this.#tape.flow.before(ms).price * this.#over(ms, "mark")));
  }

  /** Mark over index, less one. */
  premium(ms: number): number {
    return this.#over(ms, "mark") / this.#over(ms, "index") - 1;
  }

  /** A candle of one of these prices; volume and turnover mean nothing. */
  candle(kind: ReferenceKind, level: number, index: number, untilMs: number): Candle | undefined {
    if (level === day) {
      const hours = Array.from({ length: partsOf(1) }, (_, i) => this.candle(kind, 1, index * partsOf(1) + i, untilMs));
      return joined(
        index * msOf(day),
        hours.filter((hour) => hour !== undefined),
      );
    }
    const flow = this.#tape.flow.candle(level, index, untilMs);
    if (flow === undefined) return undefined;
    if (kind === "premium") {
      const value = Math.round(this.premium(flow.startMs) * premiumScale);
      return { ...flow, open: value, high: value, low: value, close: value };
    }
    const ratio = this.#over(flow.startMs, kind);
    const scaled = (price: number): number => Math.max(1, Math.round(price * ratio));
    return {
      ...flow,
      open: scaled(flow.open),
      high: scaled(flow.high),
      low: scaled(flow.low),
      close: scaled(flow.close),
    };
  }

  #over(ms: number, kind: "index" | "mark"): number {
    const hour = Math.floor(ms / hourMs);
    const index = (1 + curve(this.#key, hour / 5, 21) * 0.0003) / this.#ratio;
    return kind === "index" ? index : 1 + curve(this.#key, hour / 3, 22) * 0.0001;
  }
}
