/** Past funding rates, newest first. */

import { categoryOf, limitOf, listingOf, numberOf } from "../../market-query.ts";
import { paramsError } from "../../../protocol/ret-codes.ts";
import { route } from "../../route.ts";

const mostRows = 200;

export default route({
  method: "GET",
  path: "/v5/market/funding/history",
  auth: "public",
  handle: ({ query }, { market }) => {
    market.catchUp();
    const category = categoryOf(query, ["linear", "inverse"]);
    const listing = listingOf(query, market, category);
    const start = numberOf(query, "startTime");
    const end = numberOf(query, "endTime");
    if (start !== undefined && end === undefined) throw paramsError("endTime is required with startTime");
    const fromMs = Math.max(start ?? 0, listing.spec.launchMs);
    const toMs = Math.min(end ?? listing.untilMs, listing.untilMs);
    const rates = listing.funding?.history(fromMs, toMs, limitOf(query, mostRows, mostRows)) ?? [];
    const { symbol } = listing.spec.instrument;
    return {
      category,
      list: rates.map(({ timeMs, rate }) => ({ symbol, fundingRate: rate, fundingRateTimestamp: String(timeMs) })),
    };
  },
});
