/** Topics that are about all contracts which settle alike: `USDT` and `USDC` on the linear stream, `inverse` on its own. */

import type { Listing } from "../../market/listing.ts";
import type { MarketData } from "../../market/market-data.ts";
import type { Category } from "../../market/market.ts";

/** Undefined where there is no such group in this category. */
export function contractGroup(
  parts: readonly string[],
  category: Category,
  market: MarketData,
): readonly Listing[] | undefined {
  const [group = ""] = parts;
  if (parts.length !== 1) return undefined;
  if (category === "inverse") return group === "inverse" ? market.listings("inverse") : undefined;
  if (category !== "linear" || (group !== "USDT" && group !== "USDC")) return undefined;
  return market.listings("linear").filter(({ spec }) => spec.instrument.settleCoin === group);
}
