/** How far from the mark price an order may be. */

import { fixed } from "../../market/decimal.ts";
import { categoryOf, listingOf } from "../market-query.ts";
import { route } from "../route.ts";

const band = 0.02;

export default route({
  method: "GET",
  path: "/v5/market/price-limit",
  auth: "public",
  handle: ({ query, nowMs }, { market }) => {
    market.catchUp();
    const listing = listingOf(query, market, categoryOf(query, ["linear", "inverse", "spot"], "linear"));
    const mark = listing.prices.mark(listing.untilMs);
    return {
      symbol: listing.spec.instrument.symbol,
      buyLmt: fixed(Math.floor(mark * (1 + band)), listing.units.tick),
      sellLmt: fixed(Math.ceil(mark * (1 - band)), listing.units.tick),
      ts: String(Math.floor(nowMs)),
    };
  },
});
