/**
 * Takes coins out of the account for a chain. They leave the wallet at once and stay `Pending` for ever: there is no
 * chain behind the mock. Any address is taken; the exchange takes only those of its user's address book.
 */

import { Big } from "big.js";
import { RetError } from "../protocol/ret-codes.ts";
import type { Account, Withdrawal } from "./account.ts";
import { leastWithdrawal, withdrawFee } from "./orders/chains.ts";
import { plain, zero } from "./decimal.ts";
import { transferable } from "./margin/margin.ts";

export interface WithdrawalWish {
  coin: string;
  chain: string;
  address: string;
  tag: string;
  amount: Big;
  from: "FUND" | "UNIFIED";
  /** Whether the fee is paid out of the amount instead of beside it. */
  feeWithin: boolean;
  /** Empty: not given. */
  requestId: string;
}

/** @throws RetError where the request was made before, the amount is too small, or the coins are not there. */
export function withdraw(account: Account, wish: WithdrawalWish): Withdrawal {
  const { coin, amount, from, requestId } = wish;
  if (requestId !== "" && account.withdrawals.newestFirst().some((known) => known.requestId === requestId))
    throw new RetError(131082, "Do not repeat the request");
  const fee = new Big(withdrawFee);
  const received = wish.feeWithin ? amount.minus(fee) : amount;
  if (received.lt(leastWithdrawal))
    throw new RetError(131096, "Withdraw amount does not satisfy the lower limit or upper limit");
  const there = from === "FUND" ? account.funding.balance(coin) : transferable(account, coin);
  const taken = received.plus(fee);
  if (there.lt(taken)) throw new RetError(131212, "Insufficient balance");
  const nowMs = account.now();
  const withdrawId = String(account.ids.serial());
  (from === "FUND" ? account.funding : account.wallet).book({
    ...{ type: "TRANSFER_OUT", category: "", symbol: "", side: "", timeMs: nowMs, coin, cashFlow: taken.neg() },
    ...{ funding: zero, fee: zero, qty: taken, size: zero, tradePrice: zero, feeRate: zero, tradeId: withdrawId },
    ...{ orderId: "", orderLinkId: "" },
  });
  if (from === "UNIFIED") account.outbox.wallet();
  const made: Withdrawal = {
    ...{ withdrawId, requestId, coin, chain: wish.chain, toAddress: wish.address, tag: wish.tag },
    ...{ amount: plain(received), fee: plain(fee), timeMs: nowMs },
  };
  account.withdrawals.add(made);
  return made;
}
