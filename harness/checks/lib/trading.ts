/** The orders of a client that trades on market data: when the next one of a symbol came. */

import type { JournalView } from "../../../core/journal/view.ts";

/** `orderbook.50.BTCUSDT` is of BTCUSDT. */
export const symbolOf = (topic: string): string => topic.split(".").at(-1) ?? "";

/** Incident ms from a moment until the next order of a symbol; undefined where none came. */
export function nextOrderMs(journal: JournalView, symbol: string, sinceMs: number): number | undefined {
  const next = journal.first("exchange.order", (order) => order.symbol === symbol && order.at > sinceMs);
  return next === undefined ? undefined : next.at - sinceMs;
}

/** Symbols of which there had been an order by a moment. */
export const tradedBy = (journal: JournalView, byMs: number): string[] => [
  ...new Set(journal.all("exchange.order").flatMap(({ symbol, at }) => (at <= byMs ? [symbol] : []))),
];
