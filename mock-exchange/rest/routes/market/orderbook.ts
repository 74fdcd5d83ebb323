/** The book. `u` counts with the stream of 1000 levels. */

import { fixed } from "../../../market/decimal.ts";
import { deepest, type Listing } from "../../../market/listing.ts";
import type { Side } from "../../../market/book/liquidity.ts";
import { optionBook } from "../../../market/views/option-book.ts";
import { categoryOf, invalidSymbol, limitOf, listingOf, optionOf } from "../../market-query.ts";
import { route } from "../../route.ts";

const defaultRows = { spot: 1, linear: 25, inverse: 25, option: 1 } as const;
const mostRows = { spot: 1_000, linear: 1_000, inverse: 1_000, option: 25 } as const;

export default route({
  method: "GET",
  path: "/v5/market/orderbook",
  auth: "public",
  handle: ({ query, nowMs }, { market }) => {
    market.catchUp();
    const category = categoryOf(query, ["spot", "linear", "inverse", "option"]);
    const limit = limitOf(query, defaultRows[category], mostRows[category]);
    if (category === "option") {
      const option = optionOf(query, market, invalidSymbol);
      const { asks, bids, u, seq, ctsMs } = optionBook(option, limit);
      return { s: option.spec.instrument.symbol, a: asks, b: bids, ts: Math.floor(nowMs), u, seq, cts: ctsMs };
    }
    const listing = listingOf(query, market, category, invalidSymbol);
    const feed = listing.feed(deepest);
    feed.sync();
    return {
      s: listing.spec.instrument.symbol,
      a: rows(feed.sides.asks, listing, limit),
      b: rows(feed.sides.bids, listing, limit),
      ts: Math.floor(nowMs),
      u: feed.u,
      seq: feed.seq,
      cts: listing.untilMs,
    };
  },
});

function rows(side: Side, { units }: Listing, limit: number): [string, string][] {
  return Array.from({ length: Math.min(limit, side.length) }, (_, i) => [
    fixed(side.prices[i] ?? 0, units.tick),
    fixed(side.sizes[i] ?? 0, units.step),
  ]);
}
