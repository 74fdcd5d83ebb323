/** Candles of trades. */

import { tradeRow } from "../../market/views/candle-row.ts";
import { klineReply } from "../kline-reply.ts";
import { categoryOf, listingOf } from "../market-query.ts";
import { route } from "../route.ts";

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
    });
  },
});
