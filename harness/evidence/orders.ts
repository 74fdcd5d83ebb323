/** The orders that the exchange accepted. */

import type { JournalEvent } from "../../core/journal/event.ts";
import type { JournalView } from "../../core/journal/view.ts";

export type Order = JournalEvent<"exchange.order">;

/** `orderbook.50.BTCUSDT` is of BTCUSDT. */
export const symbolOfTopic = (topic: string): string => topic.split(".").at(-1) ?? "";

/** The next order of a symbol after a moment; undefined where none came. */
export const nextOrder = (journal: JournalView, symbol: string, sinceMs: number): Order | undefined =>
  journal.all("exchange.order").find((order) => order.symbol === symbol && order.at > sinceMs);

/** Symbols of which there had been an order by a moment. */
export const tradedBy = (journal: JournalView, byMs: number): string[] => [
  ...new Set(journal.all("exchange.order").flatMap(({ symbol, at }) => (at <= byMs ? [symbol] : []))),
];
