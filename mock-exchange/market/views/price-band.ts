/** How far from the mark price an order may be, in ticks. */

import type { Listing } from "../listing.ts";

const band = 0.02;

export function priceBand({ prices, untilMs }: Listing): { buy: number; sell: number } {
  const mark = prices.mark(untilMs);
  return { buy: Math.floor(mark * (1 + band)), sell: Math.ceil(mark * (1 - band)) };
}
