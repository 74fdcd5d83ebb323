/** Risk tiers: the larger the position, the lower the leverage. Fifteen symbols a page where none is named. */

import type { Listing } from "../../market/listing.ts";
import { categoryOf, cursorOf, cursorText, unsupportedSymbol } from "../market-query.ts";
import { route } from "../route.ts";

const symbolsPerPage = 15;
const tiers = 8;
const firstTierUsd = 300_000;

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

function tiersOf({ spec }: Listing): Record<string, string | number>[] {
  const highest = Number(spec.instrument.maxLeverage);
  const unit = spec.instrument.category === "inverse" ? firstTierUsd / spec.coin.price : firstTierUsd;
  return Array.from({ length: tiers }, (_, i) => {
    const leverage = highest / (i + 1);
    const initial = 1 / leverage;
    return {
      id: i + 1,
      symbol: spec.instrument.symbol,
      riskLimitValue: String(Math.round(unit * 2 ** i)),
      maintenanceMargin: trimmedRate(initial / 2),
      initialMargin: trimmedRate(initial),
      isLowestRisk: i === 0 ? 1 : 0,
      maxLeverage: leverage.toFixed(2),
      mmDeduction: i === 0 ? "" : String(Math.round(deduction(unit, highest, i))),
    };
  });
}

const trimmedRate = (rate: number): string => rate.toFixed(5).replace(/0+$/, "");

/** What keeps the maintenance margin continuous from one tier to the next. */
function deduction(unit: number, highest: number, tier: number): number {
  let sum = 0;
  for (let i = 1; i <= tier; i += 1) sum += (unit * 2 ** (i - 1)) / (2 * highest);
  return sum;
}
