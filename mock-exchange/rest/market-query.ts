/** Reads the parameters that market-data endpoints share, with Bybit's defaults, limits and refusals. */

import type { Listing } from "../market/listing.ts";
import type { MarketData, TradedCategory } from "../market/market-data.ts";
import type { Category } from "../market/market.ts";
import type { OptionListing } from "../market/options/option-listing.ts";
import { illegalCategory, paramsError, RetError } from "../protocol/ret-codes.ts";

/** A symbol that is missing or unknown: what most endpoints say. */
export const unsupportedSymbol = (): RetError => new RetError(10001, "Not supported symbols");

/** What book, ticker and instruments of a contract say instead. */
export const invalidSymbol = (category: Category): RetError =>
  category === "spot" ? unsupportedSymbol() : paramsError("symbol invalid");

/** @param fallback Where the endpoint has a default. */
export function categoryOf<C extends Category>(query: URLSearchParams, allowed: readonly C[], fallback?: C): C {
  const seen = query.get("category") ?? "";
  if (seen === "" && fallback !== undefined) return fallback;
  const found = allowed.find((category) => category === seen);
  if (found === undefined) throw illegalCategory();
  return found;
}

export function listingOf(
  query: URLSearchParams,
  market: MarketData,
  category: TradedCategory,
  refused: (category: Category) => RetError = unsupportedSymbol,
): Listing {
  const listing = market.listing(category, query.get("symbol") ?? "");
  if (listing === undefined) throw refused(category);
  return listing;
}

export function optionOf(
  query: URLSearchParams,
  market: MarketData,
  refused: (category: Category) => RetError = unsupportedSymbol,
): OptionListing {
  const option = market.option(query.get("symbol") ?? "");
  if (option === undefined) throw refused("option");
  return option;
}

/** Out of range is clamped; what is no number is refused. */
export function limitOf(query: URLSearchParams, fallback: number, most: number): number {
  const limit = numberOf(query, "limit") ?? fallback;
  return Math.min(Math.max(Math.floor(limit), 1), most);
}

/** A number, or undefined where it was not given. */
export function numberOf(query: URLSearchParams, name: string): number | undefined {
  const text = query.get(name) ?? "";
  if (text === "") return undefined;
  const value = Number(text);
  if (!Number.isFinite(value)) throw paramsError(`${name} invalid`);
  return value;
}

/** A cursor comes back as it was sent or encoded once more: one SDK encodes it again, another does not. */
export function cursorOf(query: URLSearchParams): URLSearchParams {
  let text = query.get("cursor") ?? "";
  for (let i = 0; i < 2 && text.includes("%"); i += 1) text = decoded(text);
  return new URLSearchParams(text);
}

/** A cursor as Bybit sends it, percent-encoded already. */
export const cursorText = (pairs: Readonly<Record<string, string | number>>): string =>
  encodeURIComponent(
    Object.entries(pairs)
      .map(([name, value]) => `${name}=${value}`)
      .join("&"),
  );

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw paramsError("cursor invalid");
  }
}
