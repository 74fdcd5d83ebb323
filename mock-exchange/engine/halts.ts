/**
 * A contract that stops trading for a while, one whose prices get a coarser tick, and a market that is reset. While a
 * contract is halted its orders stand and nothing fills or fires; new orders and changes are refused, cancels are taken.
 * A reset ends every open order of a contract, whatever was reported to its owner before. Books and trades of others go
 * on being published as ever.
 */

import { instrumentOf, type Account } from "./account.ts";
import { cancelAll } from "./orders/cancel-order.ts";
import { rest } from "./orders/finish.ts";
import { isResting, type Order } from "./orders/order.ts";

export type HaltedCategory = "linear" | "inverse";

const nameOf = (category: string, symbol: string): string => `${category}/${symbol}`;

export const isHalted = ({ halted }: Account, category: string, symbol: string): boolean =>
  halted.has(nameOf(category, symbol));

export function halt(account: Account, category: HaltedCategory, symbol: string): void {
  if (isHalted(account, category, symbol)) return;
  account.halted.add(nameOf(category, symbol));
  for (const { orderId } of resting(account, category, symbol)) account.market.unrest(orderId);
  account.journal.write("exchange.halt", { category, symbol, state: "halted" });
}

export function resume(account: Account, category: HaltedCategory, symbol: string): void {
  if (!account.halted.delete(nameOf(category, symbol))) return;
  account.journal.write("exchange.halt", { category, symbol, state: "trading" });
  for (const order of resting(account, category, symbol)) rest(account, order);
}

/** Open orders stay as they are; new ones have to fit. */
export function coarsenTick(account: Account, category: HaltedCategory, symbol: string, times: number): void {
  account.market.coarsenTick(category, symbol, times);
  const { tickSize } = instrumentOf(account, category, symbol);
  account.journal.write("exchange.tick-size", { category, symbol, tickSize });
}

/** @returns The orders that it ended. */
export function resetMarket(account: Account, category: HaltedCategory, symbol: string): Order[] {
  const orders = cancelAll(account, (order) => order.category === category && order.symbol === symbol, "CancelByAdmin");
  account.journal.write("exchange.market-reset", { category, symbol, cancelled: orders.length });
  return orders;
}

const resting = (account: Account, category: HaltedCategory, symbol: string): Order[] =>
  account.orders.open(category, symbol).filter(isResting);
