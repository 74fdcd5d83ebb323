/** The filters that private lists share: category, symbol, baseCoin, settleCoin. */

import { instrumentOf, type Account } from "../engine/account.ts";
import type { TradedCategory } from "../engine/order.ts";
import { narrowingMissing, paramsError } from "./ret-codes.ts";

export interface Narrowed {
  category: TradedCategory;
  symbol: string;
  fits: (item: { category: string; symbol: string }) => boolean;
}

/** @param options.must A linear list has to be narrowed by symbol, baseCoin or settleCoin. */
export function narrow(query: URLSearchParams, account: Account, options: { must?: boolean } = {}): Narrowed {
  const category = categoryOf(query);
  const [symbol = "", baseCoin = "", settleCoin = ""] = ["symbol", "baseCoin", "settleCoin"].map(
    (name) => query.get(name) ?? "",
  );
  if (options.must === true && category === "linear" && symbol + baseCoin + settleCoin === "") throw narrowingMissing();
  return {
    category,
    symbol,
    fits: (item) => {
      if (item.category !== category || (symbol !== "" && item.symbol !== symbol)) return false;
      if (baseCoin === "" && settleCoin === "") return true;
      const instrument = instrumentOf(account, category, item.symbol);
      return (
        (baseCoin === "" || instrument.baseCoin === baseCoin) &&
        (settleCoin === "" || instrument.settleCoin === settleCoin)
      );
    },
  };
}

export function categoryOf(query: URLSearchParams): TradedCategory {
  const category = query.get("category") ?? "";
  if (category === "") throw paramsError("category is required");
  if (category === "linear" || category === "inverse" || category === "spot") return category;
  throw paramsError("category invalid");
}
