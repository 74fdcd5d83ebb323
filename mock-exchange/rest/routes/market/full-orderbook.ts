/** The book with every level there is; `u` counts with the stream `orderbook.full`. */

import type { Side } from "../../../market/book/liquidity.ts";
import { fixed } from "../../../market/decimal.ts";
import { deepest } from "../../../market/listing.ts";
import { categoryOf, limitOf, listingOf } from "../../market-query.ts";
import { route } from "../../route.ts";

export default route({
  method: "GET",
  path: "/v5/market/full_orderbook",
  auth: "public",
  handle: ({ query, nowMs }, { market }) => {
    market.catchUp();
    const listing = listingOf(query, market, categoryOf(query, ["spot", "linear", "inverse"]));
    const limit = limitOf(query, deepest, deepest);
    const feed = listing.feed(deepest, "full");
    feed.sync();
    const { units } = listing;
    const rows = (side: Side): string[][] =>
      Array.from({ length: Math.min(limit, side.length) }, (_, i) => [
        fixed(side.prices[i] ?? 0, units.tick),
        fixed(side.sizes[i] ?? 0, units.step),
      ]);
    return {
      s: listing.spec.instrument.symbol,
      a: rows(feed.sides.asks),
      b: rows(feed.sides.bids),
      ts: Math.floor(nowMs),
      u: feed.u,
      seq: feed.seq,
      cts: listing.untilMs,
    };
  },
});
