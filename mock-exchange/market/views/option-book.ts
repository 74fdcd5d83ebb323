/** An option's book as REST and the stream send it. */

import { trimmed } from "../decimal.ts";
import { optionTick, type OptionListing } from "../options/option-listing.ts";
import { seqAt } from "../tape/public-trade.ts";

export interface OptionBook {
  bids: [string, string][];
  asks: [string, string][];
  u: number;
  seq: number;
  ctsMs: number;
}

/** Keeps `u` short, as counters on the wire are. */
const firstState = 1_600_000_000;

export function optionBook(option: OptionListing, depth: number): OptionBook {
  const state = option.state(option.untilMs);
  const { bids, asks } = option.book(state);
  const rows = (side: [number, number][]): [string, string][] =>
    side.slice(0, depth).map(([price, size]) => [String(price * optionTick), trimmed((size / 100).toFixed(2))]);
  return {
    bids: rows(bids),
    asks: rows(asks),
    u: state - firstState,
    seq: seqAt(option.untilMs) + 3,
    ctsMs: option.untilMs,
  };
}
