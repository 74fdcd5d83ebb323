/**
 * What an isolated position stands on: its entry value over the leverage, and what its owner added. It is lost at the
 * bankruptcy price, the closing fee from there is set aside beside it, and nothing else of the account is touched.
 * Reckoned from the entry value and not from the mark price, so the liquidation price stays where it is until the owner
 * moves it.
 */

import type { Big } from "big.js";
import type { Account } from "../account.ts";
import { max, zero } from "../decimal.ts";
import { feeRate } from "../fees.ts";
import { unrealisedPnl, type Position } from "../position.ts";

/** First risk tier of a liquid contract; higher tiers are not told apart. */
export const maintenanceShare = "0.0033";

export const isIsolated = ({ settings }: Account): boolean => settings.marginMode === "ISOLATED_MARGIN";

/** What the position can lose before it is bankrupt. */
export function ownMargin(account: Account, { category, symbol, side, cost, addedMargin }: Position): Big {
  return side === "" ? zero : cost.div(account.positions.leverage(category, symbol, side)).plus(addedMargin);
}

export function isolatedMargin(account: Account, position: Position): { initial: Big; maintenance: Big } {
  const own = ownMargin(account, position);
  // A long that can lose more than it cost is never bankrupt, and has no way out to pay for.
  const givenUpAt = max(valueWhereEarned(position, own.neg()), zero);
  const closingFee = givenUpAt.times(feeRate(position.category, false));
  return { initial: own.plus(closingFee), maintenance: position.cost.times(maintenanceShare) };
}

/** Whether what is left of the position's margin is more than it must have. */
export function isolatedIsCovered(account: Account, position: Position): boolean {
  const { mark } = account.market.quote(position.category, position.symbol);
  const left = ownMargin(account, position).plus(unrealisedPnl(position, mark));
  return left.gt(position.cost.times(maintenanceShare));
}

/** What the position is worth where the account gives it up, before rounding to a price. */
export const isolatedValueAt = (account: Account, position: Position, what: "liquidation" | "bankruptcy"): Big => {
  const kept = what === "liquidation" ? position.cost.times(maintenanceShare) : zero;
  return valueWhereEarned(position, kept.minus(ownMargin(account, position)));
};

/** An inverse contract's value runs against its price, so a long is there what a short is here. */
export const risesWithValue = ({ category, side }: Position): boolean => (category === "inverse") !== (side === "Buy");

function valueWhereEarned(position: Position, pnl: Big): Big {
  return risesWithValue(position) ? position.cost.plus(pnl) : position.cost.minus(pnl);
}
