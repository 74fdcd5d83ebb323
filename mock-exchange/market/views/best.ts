/** The best orders of the public book; an empty side is an empty string, as Bybit has it. */

import { fixed } from "../decimal.ts";
import type { Listing } from "../listing.ts";

export interface Best {
  bid: string;
  bidSize: string;
  ask: string;
  askSize: string;
}

export function bestOf(listing: Listing): Best {
  const { tick, step } = listing.units;
  const { bids, asks } = listing.publicSides(1);
  return {
    bid: bids.length === 0 ? "" : fixed(bids.prices[0] ?? 0, tick),
    bidSize: bids.length === 0 ? "" : fixed(bids.sizes[0] ?? 0, step),
    ask: asks.length === 0 ? "" : fixed(asks.prices[0] ?? 0, tick),
    askSize: asks.length === 0 ? "" : fixed(asks.sizes[0] ?? 0, step),
  };
}
