/** The orders that the exchange accepted. */

import type { JournalEvent } from "../../../core/journal/event.ts";
import type { JournalView } from "../../../core/journal/view.ts";
import { minutes, seconds } from "../../../core/units.ts";

export type Order = JournalEvent<"exchange.order">;

/** As a reader finds it: by the client's own id, or by the exchange's where it gave none. */
export const nameOfOrder = ({ orderLinkId, orderId }: Pick<Order, "orderLinkId" | "orderId">): string =>
  orderLinkId === "" ? orderId : orderLinkId;

/** `orderbook.50.BTCUSDT` is of BTCUSDT. */
export const symbolOfTopic = (topic: string): string => topic.split(".").at(-1) ?? "";

/** The next order of a symbol after a moment; undefined where none came. */
export const nextOrder = (journal: JournalView, symbol: string, sinceMs: number): Order | undefined =>
  journal.all("exchange.order").find((order) => order.symbol === symbol && order.at > sinceMs);

/** Who trades less often has no rhythm that could be missed. */
const seldomMs = minutes(1);

/**
 * The symbols that a client trades of itself, up to a moment, each with the longest time between two of its orders: those
 * that it had traded twice, no further apart than a minute, and had not left off.
 */
export function tradingRhythms(journal: JournalView, byMs: number): Map<string, number> {
  const orders = journal.all("exchange.order").filter(({ at }) => at <= byMs);
  const rhythms = new Map<string, number>();
  for (const [symbol, own] of Map.groupBy(orders, (order) => order.symbol)) {
    const pauses = own.slice(1).map(({ at }, n) => at - (own[n]?.at ?? at));
    const longestMs = Math.max(...pauses);
    const sinceMs = Math.min(byMs, journal.endMs) - (own.at(-1)?.at ?? 0);
    const goesOn = sinceMs <= Math.max(2 * longestMs, seconds(5));
    if (pauses.length > 0 && longestMs <= seldomMs && goesOn) rhythms.set(symbol, longestMs);
  }
  return rhythms;
}
