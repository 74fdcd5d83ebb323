/** The share of accounts that are long and short, newest first. */

import { placed } from "../../../market/decimal.ts";
import { categoryOf, cursorText, listingOf } from "../../market-query.ts";
import { periodicPage } from "../../periodic.ts";
import { route } from "../../route.ts";

const mostRows = 500;

export default route({
  method: "GET",
  path: "/v5/market/account-ratio",
  auth: "public",
  handle: ({ query }, { market }) => {
    market.catchUp();
    const category = categoryOf(query, ["linear", "inverse"]);
    const listing = listingOf(query, market, category);
    const { times, lastSeconds } = periodicPage(query, listing, "period", mostRows);
    const nextPageCursor = lastSeconds === undefined ? "" : cursorText({ lastid: 0, lasttime: lastSeconds });
    const { symbol } = listing.spec.instrument;
    const share = (tenThousandths: number): string => placed(tenThousandths, 4);
    const list = times.map((timestamp) => {
      const long = listing.positioning.longShare(timestamp);
      return { symbol, buyRatio: share(long), sellRatio: share(10_000 - long), timestamp: String(timestamp) };
    });
    return { list, nextPageCursor };
  },
});
