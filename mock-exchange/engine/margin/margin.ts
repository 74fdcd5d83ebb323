/**
 * What the account can afford. One unified account in dollars: every coin counts at its price, every position and open
 * order ties up its value over the leverage. In isolated margin a position ties up what is its own, and each coin stands
 * alone. Portfolio margin is reckoned as cross margin here: what it would take from a stress test is not covered, and
 * neither are borrowing and collateral discounts.
 */

import { Big } from "big.js";
import { instrumentOf, type Account } from "../account.ts";
import { feeRate } from "../fees.ts";
import { floorTo, max, min, sum, zero } from "../decimal.ts";
import { isIsolated, isolatedMargin, maintenanceShare } from "./isolated.ts";
import { isResting, leaves, type Order, type TradedCategory } from "../orders/order.ts";
import { unrealisedPnl, valueOf, type Position } from "../position.ts";

export const maintenanceRate = new Big(maintenanceShare);

const dollars = new Set(["USDT", "USDC", "USD"]);

/** The dollar price of a coin: its own spot or perpetual market's index; nothing where it has none. */
export function usdPrice({ market }: Account, coin: string): Big {
  if (dollars.has(coin)) return new Big(1);
  for (const category of ["spot", "linear"] as const) {
    if (market.instrument(category, `${coin}USDT`) !== undefined) return market.quote(category, `${coin}USDT`).index;
  }
  return market.instrument("inverse", `${coin}USD`) === undefined ? zero : market.quote("inverse", `${coin}USD`).index;
}

export function positionMargin(account: Account, position: Position): { initial: Big; maintenance: Big } {
  if (position.side === "") return { initial: zero, maintenance: zero };
  if (isIsolated(account)) return isolatedMargin(account, position);
  const { category, symbol } = position;
  const value = valueOf(category, account.market.quote(category, symbol).mark, position.size);
  const leverage = account.positions.leverage(category, symbol, position.side);
  return { initial: value.div(leverage), maintenance: value.times(maintenanceRate) };
}

const inUsd = (account: Account, { category, symbol }: Position, amount: Big): Big =>
  amount.times(usdPrice(account, instrumentOf(account, category, symbol).settleCoin));

/** What the account is worth: its coins and what its positions would earn at their mark prices. */
export function equityUsd(account: Account): Big {
  const { wallet, positions, market } = account;
  const coins = wallet.coins.map((coin) => {
    const balance = wallet.balance(coin);
    return balance.eq(0) ? zero : balance.times(usdPrice(account, coin));
  });
  const open = positions
    .open()
    .map((one) => inUsd(account, one, unrealisedPnl(one, market.quote(one.category, one.symbol).mark)));
  return sum([...coins, ...open]);
}

/** What one position, or all of them, must have behind them. */
export const maintenanceUsd = (account: Account, only?: Position): Big =>
  sum(
    (only === undefined ? account.positions.open() : [only]).map((one) =>
      inUsd(account, one, positionMargin(account, one).maintenance),
    ),
  );

/** What the open orders of a symbol tie up: only what would open, and only the dearer of the two sides. */
export function orderMargin(account: Account, category: TradedCategory, symbol: string): Big {
  const orders = account.orders.open(category, symbol).filter((order) => isResting(order) && !order.reduceOnly);
  return sum(
    [0, 1, 2].map((positionIdx) => {
      const mine = orders.filter((order) => order.positionIdx === positionIdx);
      const [buys, sells] = (["Buy", "Sell"] as const).map((side) =>
        openingMargin(
          account,
          mine.filter((order) => order.side === side),
        ),
      );
      return max(buys ?? zero, sells ?? zero);
    }),
  );
}

function openingMargin(account: Account, orders: readonly Order[]): Big {
  const [first] = orders;
  if (first === undefined) return zero;
  const { category, symbol, side, positionIdx } = first;
  const position = account.positions.of(category, symbol, positionIdx);
  const qty = sum(orders.map(leaves));
  if (qty.eq(0)) return zero;
  const closing = position.side !== "" && position.side !== side ? position.size : zero;
  const opening = max(qty.minus(closing), zero);
  const value = sum(orders.map((order) => valueOf(category, order.price ?? order.lastPriceOnCreated, leaves(order))));
  return value
    .times(opening)
    .div(qty)
    .div(account.positions.leverage(category, symbol, side));
}

/** Coins that open spot orders hold back. */
export const lockedCoins = (account: Account, coin: string): Big =>
  sum(
    account.orders.open("spot").map((order) => {
      const { coin: paid, amount } = spotCost(account, order);
      return paid === coin && (isResting(order) || order.stopOrderType === "tpslOrder") ? amount : zero;
    }),
  );

/** What a spot order pays with, and how much of it at most. */
export function spotCost(account: Account, order: Order): { coin: string; amount: Big } {
  const { baseCoin, quoteCoin } = instrumentOf(account, "spot", order.symbol);
  const price = order.price ?? order.lastPriceOnCreated;
  if (order.side === "Sell")
    return { coin: baseCoin, amount: order.byQuote ? leaves(order).div(price) : leaves(order) };
  return { coin: quoteCoin, amount: order.byQuote ? leaves(order) : leaves(order).times(price) };
}

/** What of a coin is free for new orders in isolated margin, where no other coin and no unrealised profit counts. */
export function availableCoin(account: Account, coin: string): Big {
  const settles = ({ category, symbol }: { category: TradedCategory; symbol: string }): boolean =>
    category !== "spot" && instrumentOf(account, category, symbol).settleCoin === coin;
  const held = account.positions.open().filter(settles);
  return account.wallet
    .balance(coin)
    .minus(lockedCoins(account, coin))
    .minus(sum(held.map((position) => positionMargin(account, position).initial)))
    .minus(
      sum(
        orderedContracts(account)
          .filter(settles)
          .map(({ category, symbol }) => orderMargin(account, category, symbol)),
      ),
    );
}

/** What of a coin may leave the account. */
export function transferable(account: Account, coin: string): Big {
  if (isIsolated(account)) return max(availableCoin(account, coin), zero);
  const free = account.wallet.balance(coin).minus(lockedCoins(account, coin));
  const price = usdPrice(account, coin);
  // What lies on this coin alone may go, as long as what the account has stays above what its positions need.
  return price.eq(0) ? max(free, zero) : max(min(free, floorTo(availableUsd(account).div(price), smallestCoin)), zero);
}

const smallestCoin = "0.00000001";

/** Each contract that has an open order, once. */
function orderedContracts({ orders }: Account): { category: TradedCategory; symbol: string }[] {
  const open = orders.open().filter(({ category }) => category !== "spot");
  return [...new Map(open.map(({ category, symbol }) => [`${category}/${symbol}`, { category, symbol }])).values()];
}

export function availableUsd(account: Account): Big {
  const { wallet, positions } = account;
  const coins = wallet.coins.map((coin) => {
    const free = wallet.balance(coin).minus(lockedCoins(account, coin));
    return free.eq(0) ? zero : free.times(usdPrice(account, coin));
  });
  const inUsd = (category: TradedCategory, symbol: string, amount: Big): Big =>
    amount.times(usdPrice(account, instrumentOf(account, category, symbol).settleCoin));
  const held = positions.open().map((position) => {
    const { category, symbol } = position;
    const upl = unrealisedPnl(position, account.market.quote(category, symbol).mark);
    return inUsd(category, symbol, upl.minus(positionMargin(account, position).initial));
  });
  const ordered = orderedContracts(account).map(({ category, symbol }) =>
    inUsd(category, symbol, orderMargin(account, category, symbol)),
  );
  return sum([...coins, ...held]).minus(sum(ordered));
}

/** Whether an order that is already in the store as live fits into what the account has. */
export function isAffordable(account: Account, order: Order): boolean {
  if (order.category === "spot") {
    const { coin } = spotCost(account, order);
    return account.wallet.balance(coin).gte(lockedCoins(account, coin));
  }
  if (order.reduceOnly) return true;
  const price = order.price ?? order.lastPriceOnCreated;
  const fee = valueOf(order.category, price, leaves(order)).times(feeRate(order.category, false));
  const { settleCoin } = instrumentOf(account, order.category, order.symbol);
  if (isIsolated(account)) return availableCoin(account, settleCoin).gte(fee);
  return availableUsd(account).gte(fee.times(usdPrice(account, settleCoin)));
}
