/** Moves coins between the account's two wallets, once per transfer id. */

import type { Big } from "big.js";
import { RetError } from "../protocol/ret-codes.ts";
import type { Account, Transfer } from "./account.ts";
import { plain, zero } from "./decimal.ts";
import { transferable } from "./margin/margin.ts";
import type { Wallet } from "./wallet.ts";

export interface TransferWish {
  transferId: string;
  coin: string;
  amount: Big;
  fromAccountType: "UNIFIED" | "FUND";
  toAccountType: "UNIFIED" | "FUND";
}

/** @throws RetError where the id was used before, both ends are the same, or the coins are not there. */
export function transfer(account: Account, wish: TransferWish): Transfer {
  const { transferId, coin, amount, fromAccountType, toAccountType } = wish;
  if (fromAccountType === toAccountType)
    throw new RetError(131214, "Transfer out and transfer in are the same account");
  if (account.transfers.newestFirst().some((known) => known.transferId === transferId))
    throw new RetError(131228, "Duplicate transferId");
  const walletOf = (type: string): Wallet => (type === "FUND" ? account.funding : account.wallet);
  const there = fromAccountType === "UNIFIED" ? transferable(account, coin) : account.funding.balance(coin);
  if (there.lt(amount)) throw new RetError(131212, "Insufficient balance");
  const row = {
    ...{ category: "", symbol: "", side: "", timeMs: account.now(), coin, funding: zero, fee: zero },
    ...{ qty: amount, size: zero, tradePrice: zero, feeRate: zero, tradeId: transferId, orderId: "", orderLinkId: "" },
  };
  walletOf(fromAccountType).book({ ...row, type: "TRANSFER_OUT", cashFlow: amount.neg() });
  walletOf(toAccountType).book({ ...row, type: "TRANSFER_IN", cashFlow: amount });
  const done: Transfer = {
    ...{ transferId, coin, amount: plain(amount), fromAccountType, toAccountType },
    timestamp: String(account.now()),
    status: "SUCCESS",
  };
  account.transfers.add(done);
  account.outbox.wallet();
  return done;
}
