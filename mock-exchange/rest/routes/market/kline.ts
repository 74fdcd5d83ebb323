/** Candles of trades. */

import type { Listing } from "../../../market/listing.ts";
import { tradeRow } from "../../../market/views/candle-row.ts";
import { klineReply } from "../../kline-reply.ts";
import { categoryOf, listingOf } from "../../market-query.ts";
import { route } from "../../route.ts";

const rows = new WeakMap<Listing, Map<string, Map<number, string>>>();

function rowsOf(listing: Listing, interval: string): Map<number, string> {
  const byInterval = rows.get(listing) ?? new Map<string, Map<number, string>>();
  rows.set(listing, byInterval);
  const known = byInterval.get(interval) ?? new Map<number, string>();
  byInterval.set(interval, known);
  return known;
}

export default route({
  method: "GET",
  path: "/v5/market/kline",
  auth: "public",
  handle: ({ query }, { market }) => {
    market.catchUp();
    const listing = listingOf(query, market, categoryOf(query, ["spot", "linear", "inverse"], "linear"));
    return klineReply(query, listing, {
      source: (level, index, untilMs) => listing.tape.candle(level, index, untilMs),
      row: (candle) => tradeRow(candle, listing.units),
      rowsOf: (interval) => rowsOf(listing, interval),
    });
  },
});
