/** Risk tiers: the larger the position, the lower the leverage. Fifteen symbols a page where none is named. */

import { firstRiskLimit } from "../../../engine/margin/first-risk-limit.ts";
import { maintenanceRate } from "../../../engine/margin/margin.ts";
import { trimmed } from "../../../market/decimal.ts";
import type { Listing } from "../../../market/listing.ts";
import { categoryOf, cursorOf, cursorText, unsupportedSymbol } from "../../market-query.ts";
import { route } from "../../route.ts";

const symbolsPerPage = 15;
const tiers = 8;

export default route({
  method: "GET",
  path: "/v5/market/risk-limit",
  auth: "public",
  handle: ({ query }, { market }) => {
    const category = categoryOf(query, ["linear", "inverse"]);
    const symbol = query.get("symbol") ?? "";
    if (symbol !== "") {
      const listing = market.listing(category, symbol);
      if (listing === undefined) throw unsupportedSymbol();
      return { category, list: tiersOf(listing), nextPageCursor: "" };
    }
    const last = cursorOf(query).get("last") ?? "";
    const rest = market
      .listings(category)
      .filter(({ spec }) => spec.instrument.symbol > last)
      .toSorted((a, b) => (a.spec.instrument.symbol < b.spec.instrument.symbol ? -1 : 1));
    const page = rest.slice(0, symbolsPerPage);
    const [first, end] = [page[0]?.spec.instrument.symbol, page.at(-1)?.spec.instrument.symbol];
    const more = first !== undefined && end !== undefined && page.length < rest.length;
    return { category, list: page.flatMap(tiersOf), nextPageCursor: more ? cursorText({ first, last: end }) : "" };
  },
});

/** Each tier is twice as large as the one below. The deduction keeps the maintenance margin continuous between them. */
function tiersOf({ spec: { instrument } }: Listing): Record<string, string | number>[] {
  const highest = Number(instrument.maxLeverage);
  const first = firstRiskLimit(instrument);
  const maintenance = Number(maintenanceRate.toFixed());
  return Array.from({ length: tiers }, (_, i) => ({
    id: i + 1,
    symbol: instrument.symbol,
    riskLimitValue: String(first * 2 ** i),
    maintenanceMargin: trimmedRate(maintenance * (i + 1)),
    initialMargin: trimmedRate((i + 1) / highest),
    isLowestRisk: i === 0 ? 1 : 0,
    maxLeverage: (highest / (i + 1)).toFixed(2),
    mmDeduction: i === 0 ? "" : trimmed((first * (2 ** i - 1) * maintenance).toFixed(4)),
  }));
}

const trimmedRate = (rate: number): string => trimmed(rate.toFixed(5));
