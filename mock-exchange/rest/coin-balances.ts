/** The balances of one of the user's two accounts, of the coins that were asked for. */

import type { Account } from "../engine/account.ts";
import { plain } from "../engine/decimal.ts";
import { transferable } from "../engine/margin/margin.ts";
import { paramsError } from "../protocol/ret-codes.ts";

export interface CoinBalance {
  coin: string;
  walletBalance: string;
  transferBalance: string;
  bonus: string;
}

export function coinBalances(
  query: URLSearchParams,
  account: Account,
): { accountType: string; balances: CoinBalance[] } {
  const accountType = query.get("accountType") ?? "";
  if (accountType !== "UNIFIED" && accountType !== "FUND") throw paramsError("accountType invalid");
  const wallet = accountType === "FUND" ? account.funding : account.wallet;
  const coins = (query.get("coin") ?? "").split(",").filter((coin) => coin !== "");
  const balances = (coins.length === 0 ? wallet.coins : coins).map((coin) => {
    const balance = wallet.balance(coin);
    const free = accountType === "FUND" ? balance : transferable(account, coin);
    return { coin, walletBalance: plain(balance), transferBalance: plain(free), bonus: "" };
  });
  return { accountType, balances };
}
