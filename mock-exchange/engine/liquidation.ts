/**
 * Liquidation of a unified account: when its equity no longer covers the maintenance margin of its positions, its
 * orders are cancelled and the exchange takes the positions over, the dearest first, until what is left is covered.
 * A position is taken over whole, at its bankruptcy price: the one at which the account is left with nothing once the
 * fee is paid.
 *
 * Not covered: risk tiers and partial liquidation, isolated margin, ADL and the insurance fund, and that the market
 * feels the sale: the public book and `allLiquidation` are those of the crowd.
 */

import { Big } from "big.js";
import { instrumentOf, type Account } from "./account.ts";
import { cancelAll } from "./cancel-order.ts";
import { floorTo, max, zero } from "./decimal.ts";
import { feeRate } from "./fees.ts";
import { setStatus } from "./finish.ts";
import { followPosition } from "./follow-position.ts";
import { equityUsd, maintenanceRate, maintenanceUsd, usdPrice } from "./margin.ts";
import { newOrder } from "./new-order.ts";
import type { TradedCategory } from "./order.ts";
import { valueOf, type Position } from "./position.ts";
import { settle } from "./settle.ts";
import { opposite } from "./stops.ts";

/** Asked whenever a price moves: only a symbol whose position is open can have brought the account down. */
export function checkLiquidation(account: Account, category: TradedCategory, symbol: string): void {
  const { positions } = account;
  if (positions.open(category).every((position) => position.symbol !== symbol)) return;
  if (covered(account)) return;
  cancelAll(account, (order) => order.category !== "spot", "CancelAllBeforeLiq");
  for (const position of dearestFirst(account)) {
    if (covered(account)) return;
    takeOver(account, position);
  }
}

const covered = (account: Account): boolean => equityUsd(account).gt(maintenanceUsd(account));

const dearestFirst = (account: Account): Position[] =>
  account.positions.open().toSorted((a, b) => maintenanceUsd(account, b).cmp(maintenanceUsd(account, a)));

/** The mark price at which the account no longer covers its margin if nothing else moves; null where there is none. */
export const liquidationPrice = (account: Account, position: Position): Big | null =>
  priceWhereLeft(account, position, maintenanceRate);

export const bankruptcyPrice = (account: Account, position: Position): Big | null =>
  priceWhereLeft(account, position, feeRate(position.category, false));

/** The price at which the account's equity, without what the other positions need, is this share of the value. */
function priceWhereLeft(account: Account, position: Position, rate: Big): Big | null {
  const { category, symbol, side, size } = position;
  if (side === "") return null;
  const { settleCoin, tickSize } = instrumentOf(account, category, symbol);
  const usd = usdPrice(account, settleCoin);
  if (usd.lte(0)) return null;
  const { mark } = account.market.quote(category, symbol);
  const spare = equityUsd(account).minus(maintenanceUsd(account)).plus(maintenanceUsd(account, position)).div(usd);
  // What the position may still lose is what it earns from its mark price on; an inverse contract's value runs against
  // its price, so a long is there what a short is here.
  const rises = (category === "inverse") !== (side === "Buy");
  const value = valueOf(category, mark, size);
  const sign = rises ? 1 : -1;
  const left = rises ? value.minus(spare) : value.plus(spare);
  const valueThere = left.div(new Big(1).minus(rate.times(sign)));
  if (valueThere.lte(0)) return null;
  const price = category === "inverse" ? size.div(valueThere) : valueThere.div(size);
  const floored = max(floorTo(price, tickSize), new Big(tickSize));
  // Rounded so that the account is not left below nothing.
  return side === "Sell" || floored.eq(price) ? floored : floored.plus(tickSize);
}

function takeOver(account: Account, position: Position): void {
  const { category, symbol, positionIdx, side, size } = position;
  if (side === "" || category === "spot") return;
  const price = bankruptcyPrice(account, position) ?? account.market.quote(category, symbol).mark;
  const order = newOrder(account, {
    ...{ category, symbol, positionIdx, side: opposite(side), orderType: "Market", qty: size, price },
    ...{ reduceOnly: true, createType: "CreateByLiq" },
  });
  const { orderId, orderLinkId, orderType } = order;
  account.journal.write("exchange.order", {
    ...{ orderId, orderLinkId, category, symbol, side: order.side, orderType, qty: size.toFixed() },
  });
  settle(
    account,
    order,
    { price, qty: size, timeMs: account.now(), execId: account.ids.uuid(), seq: position.seq },
    false,
  );
  position.trailingStop = zero;
  setStatus(account, order, "Filled");
  followPosition(account, category, symbol);
}
