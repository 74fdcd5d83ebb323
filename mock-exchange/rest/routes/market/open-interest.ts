/** Open interest over time, newest first; nothing for an instrument that has none. */

import { fixed, trimmed } from "../../../market/decimal.ts";
import { filledDecimals } from "../../../market/views/figures.ts";
import { categoryOf, cursorText, listingOf } from "../../market-query.ts";
import { periodicPage } from "../../periodic.ts";
import { route } from "../../route.ts";

const mostRows = 200;

export default route({
  method: "GET",
  path: "/v5/market/open-interest",
  auth: "public",
  handle: ({ query }, { market }) => {
    market.catchUp();
    const category = categoryOf(query, ["linear", "inverse"]);
    const listing = listingOf(query, market, category);
    const { times, lastSeconds } = periodicPage(query, listing, "intervalTime", mostRows);
    const nextPageCursor = lastSeconds === undefined ? "" : cursorText({ lastid: lastSeconds, lasttime: lastSeconds });
    const { symbol } = listing.spec.instrument;
    if (!listing.spec.sparse.openInterest) return { symbol, category, list: [], nextPageCursor: "" };
    const amount = (steps: number): string => filledDecimals(trimmed(fixed(steps, listing.units.step)), 8);
    const list = times.map((timestamp) => {
      const single = listing.positioning.singleOpenInterest(timestamp);
      return {
        openInterest: amount(2 * single),
        singleOpenInterest: amount(single),
        timestamp: String(timestamp),
      };
    });
    return { symbol, category, list, nextPageCursor };
  },
});
