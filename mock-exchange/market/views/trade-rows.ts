/**
 * The newest public trades of an instrument as REST sends them, as text. What was traded in a minute that is over does
 * not change any more, so its rows are made once: a client that asks for a thousand trades every few seconds gets mostly
 * the same ones.
 */

import { fixed } from "../decimal.ts";
import type { Listing } from "../listing.ts";
import { minute, msOf } from "../path/levels.ts";
import { reachMinutes } from "../tape/tape.ts";

interface Known {
  /** Trades of the engine's; one more may lie in any minute. */
  traded: number;
  /** Minute -> its rows, newest first. */
  minutes: Map<number, readonly string[]>;
}

const minuteMs = msOf(minute);
/** More minutes than an answer needed are kept for larger ones, up to so many. */
const spareMinutes = 30;
const known = new WeakMap<Listing, Known>();

/** Newest first, at most `limit`. */
export function recentTradeRows(listing: Listing, limit: number): string[] {
  const { untilMs, spec } = listing;
  const { minutes } = knownOf(listing);
  const found: string[] = [];
  const newest = Math.floor((untilMs - 1) / minuteMs);
  let at = newest;
  for (; found.length < limit && newest - at < reachMinutes; at -= 1) {
    if ((at + 1) * minuteMs <= spec.launchMs) break;
    found.push(...(minutes.get(at) ?? rowsOf(listing, at, minutes)));
  }
  if (minutes.size > newest - at + spareMinutes) {
    for (const kept of minutes.keys()) if (kept <= at) minutes.delete(kept);
  }
  return found.slice(0, limit);
}

function knownOf(listing: Listing): Known {
  const traded = listing.tape.extras.count;
  const before = known.get(listing);
  if (before?.traded === traded) return before;
  const now = { traded, minutes: new Map<number, readonly string[]>() };
  known.set(listing, now);
  return now;
}

function rowsOf(listing: Listing, at: number, minutes: Map<number, readonly string[]>): readonly string[] {
  const { tape, untilMs, units, spec } = listing;
  const endMs = (at + 1) * minuteMs;
  const { symbol } = spec.instrument;
  const rows = tape
    .trades(at * minuteMs, Math.min(endMs, untilMs))
    .map((trade) =>
      JSON.stringify({
        execId: trade.id,
        symbol,
        price: fixed(trade.price, units.tick),
        size: fixed(trade.size, units.step),
        side: trade.buy ? "Buy" : "Sell",
        time: String(trade.timeMs),
        isBlockTrade: false,
        isRPITrade: false,
        seq: String(trade.seq),
      }),
    )
    .reverse();
  if (endMs <= untilMs) minutes.set(at, rows);
  return rows;
}
