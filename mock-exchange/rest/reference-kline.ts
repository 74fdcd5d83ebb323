/** The klines of mark, index and premium: three endpoints that differ in the price they report. */

import type { ReferenceKind } from "../market/derived/reference-prices.ts";
import type { TradedCategory } from "../market/market-data.ts";
import { referenceRow } from "../market/views/candle-row.ts";
import { klineReply } from "./kline-reply.ts";
import { categoryOf, listingOf } from "./market-query.ts";
import { route, type Route } from "./route.ts";

export const referenceKline = (path: string, kind: ReferenceKind, allowed: readonly TradedCategory[]): Route =>
  route({
    method: "GET",
    path,
    auth: "public",
    handle: ({ query }, { market }) => {
      market.catchUp();
      const listing = listingOf(query, market, categoryOf(query, allowed, "linear"));
      return klineReply(query, listing, {
        source: (level, index, untilMs) => listing.prices.candle(kind, level, index, untilMs),
        row: (candle) => referenceRow(candle, listing.units, kind),
        finestLevel: 0,
      });
    },
  });
