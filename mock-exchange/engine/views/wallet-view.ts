/** The unified account's wallet as REST and the private stream show it: coins, and all of them together in dollars. */

import type { Big } from "big.js";
import { instrumentOf, type Account } from "../account.ts";
import { booked, plain, sum, zero } from "../decimal.ts";
import { isIsolated } from "../margin/isolated.ts";
import { availableUsd, lockedCoins, orderMargin, positionMargin, usdPrice } from "../margin/margin.ts";
import { unrealisedPnl } from "../position.ts";

type View = Record<string, unknown>;

interface CoinState {
  coin: string;
  usd: Big;
  balance: Big;
  locked: Big;
  unrealised: Big;
  positionIM: Big;
  positionMM: Big;
  orderIM: Big;
}

/** @param only Restricts the coin list, not the totals. */
export function walletView(account: Account, only?: readonly string[]): View {
  const coins = account.wallet.coins.map((coin) => stateOf(account, coin));
  const inUsd = (value: (state: CoinState) => Big): Big =>
    sum(coins.map((state) => booked(value(state).times(state.usd))));
  const totalWallet = inUsd(({ balance }) => balance);
  const upl = inUsd(({ unrealised }) => unrealised);
  const equity = totalWallet.plus(upl);
  const initial = inUsd(({ positionIM, orderIM }) => positionIM.plus(orderIM));
  const maintenance = inUsd(({ positionMM }) => positionMM);
  // What is of the account as a whole does not apply to isolated margin.
  const whole = (text: string): string => (isIsolated(account) ? "" : text);
  const rate = (margin: Big): string => whole(equity.gt(0) ? plain(margin.div(equity).round(4)) : "");
  return {
    totalEquity: plain(equity),
    accountIMRate: rate(initial),
    accountIMRateByMp: rate(initial),
    totalMarginBalance: whole(plain(equity)),
    totalInitialMargin: whole(plain(initial)),
    totalInitialMarginByMp: whole(plain(initial)),
    accountType: "UNIFIED",
    totalAvailableBalance: whole(plain(booked(availableUsd(account)))),
    accountMMRate: rate(maintenance),
    accountMMRateByMp: rate(maintenance),
    totalPerpUPL: plain(upl),
    totalWalletBalance: plain(totalWallet),
    accountLTV: whole("0"),
    totalMaintenanceMargin: whole(plain(maintenance)),
    totalMaintenanceMarginByMp: whole(plain(maintenance)),
    coin: coins
      .filter(({ coin, balance }) => only?.includes(coin) ?? !balance.eq(0))
      .map((state) => coinView(account, state)),
  };
}

function coinView(account: Account, state: CoinState): View {
  const { coin, usd, balance, locked, unrealised } = state;
  const equity = balance.plus(unrealised);
  // Portfolio margin is of the account and not of a coin.
  const margin = (amount: Big): string =>
    account.settings.marginMode === "PORTFOLIO_MARGIN" ? "" : plain(booked(amount));
  return {
    coin,
    equity: plain(equity),
    usdValue: plain(booked(equity.times(usd))),
    walletBalance: plain(balance),
    free: plain(balance.minus(locked)),
    locked: plain(locked),
    spotHedgingQty: "0",
    borrowAmount: "0",
    spotBorrow: "0",
    accruedInterest: "0",
    totalOrderIM: margin(state.orderIM),
    totalPositionIM: margin(state.positionIM),
    totalPositionMM: margin(state.positionMM),
    unrealisedPnl: plain(booked(unrealised)),
    cumRealisedPnl: plain(account.wallet.realised(coin)),
    bonus: "0",
    marginCollateral: true,
    collateralSwitch: true,
    colRes: "",
    availableToWithdraw: "",
    availableToBorrow: "",
  };
}

function stateOf(account: Account, coin: string): CoinState {
  const settles = ({ category, symbol }: { category: "linear" | "inverse" | "spot"; symbol: string }): boolean =>
    instrumentOf(account, category, symbol).settleCoin === coin;
  const positions = account.positions.open().filter(settles);
  const margins = positions.map((position) => positionMargin(account, position));
  const ordered = new Map(
    account.orders
      .open()
      .filter(({ category }) => category !== "spot")
      .filter(settles)
      .map(({ category, symbol }) => [`${category}/${symbol}`, { category, symbol }]),
  );
  return {
    coin,
    usd: usdPrice(account, coin),
    balance: account.wallet.balance(coin),
    locked: lockedCoins(account, coin),
    unrealised: positions
      .map((position) => unrealisedPnl(position, account.market.quote(position.category, position.symbol).mark))
      .reduce((total, value) => total.plus(value), zero),
    positionIM: sum(margins.map(({ initial }) => initial)),
    positionMM: sum(margins.map(({ maintenance }) => maintenance)),
    orderIM: sum([...ordered.values()].map(({ category, symbol }) => orderMargin(account, category, symbol))),
  };
}
