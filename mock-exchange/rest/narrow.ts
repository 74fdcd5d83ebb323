/**
 * The filters that private lists share: category, symbol, baseCoin, settleCoin. Options can be asked for; the account
 * has no orders and no positions in them.
 */

import { instrumentOf, type Account } from "../engine/account.ts";
import type { Category } from "../market/market.ts";
import { illegalCategory, narrowingMissing } from "../protocol/ret-codes.ts";

export interface Narrowed {
  category: Category;
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
      if (category === "option") return false;
      const instrument = instrumentOf(account, category, item.symbol);
      return (
        (baseCoin === "" || instrument.baseCoin === baseCoin) &&
        (settleCoin === "" || instrument.settleCoin === settleCoin)
      );
    },
  };
}

export function categoryOf(query: URLSearchParams): Category {
  const known = categories.find((name) => name === query.get("category"));
  if (known === undefined) throw illegalCategory();
  return known;
}

const categories: readonly Category[] = ["linear", "inverse", "spot", "option"];
