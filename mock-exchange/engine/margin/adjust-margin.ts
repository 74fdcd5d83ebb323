/** What the owner of an isolated position may change about its margin: add to it, take back, change the leverage. */

import type { Big } from "big.js";
import { paramsError, RetError } from "../../protocol/ret-codes.ts";
import { instrumentOf, type Account } from "../account.ts";
import { isIsolated, isolatedIsCovered } from "./isolated.ts";
import { availableCoin } from "./margin.ts";
import type { TradedCategory } from "../orders/order.ts";
import type { Position } from "../position.ts";

/** @param amount Negative takes back. @throws RetError where the mode, the position or the balance does not allow it. */
export function addMargin(account: Account, position: Position, amount: Big): void {
  const { marginMode } = account.settings;
  if (marginMode === "REGULAR_MARGIN") throw new RetError(110015, "The position is in cross margin mode.");
  if (marginMode === "PORTFOLIO_MARGIN") throw new RetError(110077, "Pm mode cannot support");
  if (position.side === "") throw new RetError(110033, "You can't set margin without an open position");
  if (amount.eq(0)) throw new RetError(110027, "Margin has not been modified.");
  const { settleCoin } = instrumentOf(account, position.category, position.symbol);
  if (amount.gt(availableCoin(account, settleCoin)))
    throw new RetError(110014, "Insufficient available balance to add additional margin.");
  if (amount.neg().gt(position.addedMargin)) throw new RetError(110078, "Added margin more than max can reduce margin");
  const before = position.addedMargin;
  position.addedMargin = before.plus(amount);
  if (amount.lt(0) && !isolatedIsCovered(account, position)) {
    position.addedMargin = before;
    throw new RetError(110011, "Liquidation will be triggered immediately by this adjustment");
  }
  position.updatedMs = account.now();
  account.outbox.position(position.category, position.symbol);
  account.outbox.wallet();
}

export interface LeverageWish {
  category: TradedCategory;
  symbol: string;
  Buy: Big;
  Sell: Big;
}

/** @throws RetError where the mode does not allow it, nothing would change, or an isolated position cannot follow. */
export function setLeverage(account: Account, { category, symbol, Buy, Sell }: LeverageWish): void {
  const { positions, settings } = account;
  if (settings.marginMode === "PORTFOLIO_MARGIN")
    throw new RetError(110038, "You are not allowed to change leverage due to portfolio margin mode.");
  if (!Buy.eq(Sell) && positions.mode(category, symbol) === "one-way")
    throw paramsError("buyLeverage must equal sellLeverage in one-way mode");
  if (!Buy.eq(Sell) && !isIsolated(account))
    throw paramsError("buyLeverage must equal sellLeverage in cross margin mode");
  const { maxLeverage } = instrumentOf(account, category, symbol);
  for (const leverage of [Buy, Sell]) {
    if (leverage.lt(1)) throw paramsError("leverage invalid");
    if (leverage.gt(maxLeverage)) throw new RetError(110013, "cannot set leverage due to risk limit level");
  }
  const before = {
    Buy: positions.leverage(category, symbol, "Buy"),
    Sell: positions.leverage(category, symbol, "Sell"),
  };
  if (before.Buy.eq(Buy) && before.Sell.eq(Sell)) throw new RetError(110043, "leverage not modified");
  positions.setLeverage(category, symbol, { Buy, Sell });
  const why = isIsolated(account) ? cannotFollow(account, category, symbol) : undefined;
  if (why !== undefined) {
    positions.setLeverage(category, symbol, before);
    throw why;
  }
  account.outbox.position(category, symbol);
}

/** Why the contract's isolated positions cannot stand on the leverage that was just set. */
function cannotFollow(account: Account, category: TradedCategory, symbol: string): RetError | undefined {
  const held = account.positions.rows(category, symbol).filter(({ side }) => side !== "");
  if (held.some((position) => !isolatedIsCovered(account, position)))
    return new RetError(110011, "Liquidation will be triggered immediately by this adjustment");
  const { settleCoin } = instrumentOf(account, category, symbol);
  return held.length > 0 && availableCoin(account, settleCoin).lt(0)
    ? new RetError(110044, "Available margin is insufficient.")
    : undefined;
}
