/** How far from the mark price an order may be. */

import { fixed } from "../../../market/decimal.ts";
import { priceBand } from "../../../market/views/price-band.ts";
import { categoryOf, listingOf } from "../../market-query.ts";
import { route } from "../../route.ts";

export default route({
  method: "GET",
  path: "/v5/market/price-limit",
  auth: "public",
  handle: ({ query, nowMs }, { market }) => {
    market.catchUp();
    const listing = listingOf(query, market, categoryOf(query, ["linear", "inverse", "spot"], "linear"));
    const { buy, sell } = priceBand(listing);
    return {
      symbol: listing.spec.instrument.symbol,
      buyLmt: fixed(buy, listing.units.tick),
      sellLmt: fixed(sell, listing.units.tick),
      ts: String(Math.floor(nowMs)),
    };
  },
});
