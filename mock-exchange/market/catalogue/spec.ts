/** What the simulation has to know of an instrument, besides the object that Bybit publishes of it. */

import type { Instrument } from "../market.ts";
import type { Coin } from "./coins.ts";

export interface Spec {
  instrument: Instrument;
  coin: Coin;
  /** This instrument's price over the coin's: a future has a premium, spot a discount. */
  ratio: number;
  /** What is traded a day: base coin, or USD for inverse. */
  dailyVolume: number;
  /** No bars before this, epoch ms. */
  launchMs: number;
  /** 0 where it never ends. */
  deliveryMs: number;
  /** 0 where there is no funding. */
  fundingMinutes: number;
  sparse: Sparse;
}

/** What is legally missing of an instrument (report E). */
export interface Sparse {
  /** How likely a minute is without a trade. */
  quiet: number;
  /** Most levels on a side of the book. */
  levels: number;
  spreadTicks: number;
  openInterest: boolean;
}

export const liquid: Sparse = { quiet: 0, levels: Infinity, spreadTicks: 1, openInterest: true };
