/**
 * Changes the account's margin mode as a whole. Positions stay open: in isolated margin each has from then on what its
 * leverage asks for, and what its owner added is free again when the account leaves that mode.
 */

import { RetError } from "../../protocol/ret-codes.ts";
import { instrumentOf, type Account, type MarginMode } from "../account.ts";
import { zero } from "../decimal.ts";
import { availableCoin, equityUsd } from "./margin.ts";

const leastPortfolioUsd = 1_000;

/** @throws RetError 3400045 with the reasons, where the mode cannot be set. */
export function setMarginMode(account: Account, mode: MarginMode): void {
  const { settings, positions, outbox } = account;
  // Set again to what it is, the mode is taken whatever is open: freqtrade asks for isolated before each entry.
  if (mode === settings.marginMode) return;
  if (account.orders.open().length > 0) throw refused("You have open orders");
  if (mode === "PORTFOLIO_MARGIN" && equityUsd(account).lt(leastPortfolioUsd))
    throw refused(`Equity needs to be equal to or greater than ${leastPortfolioUsd} USDC`);
  const before = settings.marginMode;
  settings.marginMode = mode;
  if (mode === "ISOLATED_MARGIN" && !positionsAreAffordable(account)) {
    settings.marginMode = before;
    throw refused("Available balance is insufficient");
  }
  settings.marginModeMs = account.now();
  for (const position of positions.all()) {
    position.addedMargin = zero;
    position.addsMargin = false;
    if (position.side !== "") outbox.position(position.category, position.symbol);
  }
  outbox.wallet();
}

/** Whether each coin has what the positions settled in it need as their own. */
function positionsAreAffordable(account: Account): boolean {
  const coins = account.positions
    .open()
    .map(({ category, symbol }) => instrumentOf(account, category, symbol).settleCoin);
  return [...new Set(coins)].every((coin) => availableCoin(account, coin).gte(0));
}

const refused = (reasonMsg: string): RetError =>
  new RetError(3400045, "Set margin mode failed", { reasons: [{ reasonCode: "3400000", reasonMsg }] });
