/** Liquidations: some of the flow's larger trades are somebody's forced exit. */

import { hash } from "../hash.ts";
import type { PublicTrade } from "../tape/public-trade.ts";

export interface Liquidation {
  timeMs: number;
  /** A long was liquidated: Bybit calls that `Buy`. */
  long: boolean;
  size: number;
  /** The bankruptcy price, ticks. */
  price: number;
}

/** One trade in so many. */
const oneIn = 60;
const bankruptcyDistance = 0.005;

export function liquidationsIn(
  trades: readonly Pick<PublicTrade, "timeMs" | "buy" | "size" | "price">[],
  key: number,
): Liquidation[] {
  return trades
    .filter((trade) => hash(key, trade.timeMs, 41) % oneIn === 0)
    .map(({ timeMs, buy, size, price }) => ({
      timeMs,
      long: !buy,
      size,
      price: Math.max(1, Math.round(price * (buy ? 1 + bankruptcyDistance : 1 - bankruptcyDistance))),
    }));
}
