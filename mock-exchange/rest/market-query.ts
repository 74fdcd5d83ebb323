/** Reads the parameters that market-data endpoints share, with Bybit's defaults, limits and refusals. */

import type { Listing } from "../market/listing.ts";
import type { MarketData, TradedCategory } from "../market/market-data.ts";
import type { Category } from "../market/market.ts";
import type { OptionListing } from "../market/options/option-listing.ts";
import { paramsError, RetError } from "./ret-codes.ts";

export const unsupportedSymbol = (): RetError => new RetError(10001, "Not supported symbols");

/** @param fallback Where the endpoint has a default. */
export function categoryOf<C extends Category>(query: URLSearchParams, allowed: readonly C[], fallback?: C): C {
  const seen = query.get("category") ?? "";
  if (seen === "" && fallback !== undefined) return fallback;
  const found = allowed.find((category) => category === seen);
  if (found === undefined) throw paramsError(seen === "" ? "category is required" : "category invalid");
  return found;
}

export function symbolOf(query: URLSearchParams): string {
  const symbol = query.get("symbol") ?? "";
  if (symbol === "") throw paramsError("symbol is required");
  return symbol;
}

export function listingOf(query: URLSearchParams, market: MarketData, category: TradedCategory): Listing {
  const listing = market.listing(category, symbolOf(query));
  if (listing === undefined) throw unsupportedSymbol();
  return listing;
}

export function optionOf(query: URLSearchParams, market: MarketData): OptionListing {
  const option = market.option(symbolOf(query));
  if (option === undefined) throw unsupportedSymbol();
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
