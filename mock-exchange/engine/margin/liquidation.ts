/**
 * Liquidation of a unified account: when its equity no longer covers the maintenance margin of its positions, its
 * orders are cancelled and the exchange takes the positions over, the dearest first, until what is left is covered.
 * A position is taken over whole, at its bankruptcy price: the one at which the account is left with nothing once the
 * fee is paid. In isolated margin each position stands for itself: it takes the orders of its contract with it, its own
 * margin is lost, and the rest of the account is not touched.
 *
 * Not covered: risk tiers and partial liquidation, ADL and the insurance fund, and that the market feels the sale: the
 * public book and `allLiquidation` are those of the crowd.
 */

import { Big } from "big.js";
import { instrumentOf, type Account } from "../account.ts";
import { cancelAll } from "../orders/cancel-order.ts";
import { booked, floorTo, max, min, zero } from "../decimal.ts";
import { feeRate } from "../fees.ts";
import { setStatus } from "../orders/finish.ts";
import { followPosition } from "../follow-position.ts";
import { isIsolated, isolatedIsCovered, isolatedValueAt, risesWithValue } from "./isolated.ts";
import { availableCoin, equityUsd, maintenanceRate, maintenanceUsd, usdPrice } from "./margin.ts";
import { newOrder } from "../orders/new-order.ts";
import type { Contract } from "../orders/order.ts";
import { valueOf, type Position } from "../position.ts";
import { settle } from "../settle.ts";
import { opposite } from "../stops/stops.ts";

/** Asked whenever prices move: only a symbol whose position is open can have brought the account down. */
export function checkLiquidation(account: Account, moved: readonly Contract[]): void {
  const held = moved.flatMap(({ category, symbol }) =>
    account.positions.open(category).filter((position) => position.symbol === symbol),
  );
  if (held.length === 0) return;
  if (isIsolated(account)) {
    for (const position of held) checkIsolated(account, position);
    return;
  }
  if (covered(account)) return;
  cancelAll(account, (order) => order.category !== "spot", "CancelAllBeforeLiq");
  for (const position of dearestFirst(account)) {
    if (covered(account)) return;
    takeOver(account, position);
  }
}

function checkIsolated(account: Account, position: Position): void {
  if (isolatedIsCovered(account, position)) return;
  if (position.addsMargin && addByItself(account, position)) return;
  const { category, symbol } = position;
  cancelAll(account, (order) => order.category === category && order.symbol === symbol, "CancelAllBeforeLiq");
  if (position.side !== "") takeOver(account, position);
}

/** Another initial margin, or as much of one as there is. @returns Whether that was enough. */
function addByItself(account: Account, position: Position): boolean {
  const { category, symbol, side, cost } = position;
  if (side === "") return true;
  const { settleCoin } = instrumentOf(account, category, symbol);
  const wanted = booked(cost.div(account.positions.leverage(category, symbol, side)));
  position.addedMargin = position.addedMargin.plus(max(min(wanted, availableCoin(account, settleCoin)), zero));
  position.updatedMs = account.now();
  account.outbox.position(category, symbol);
  account.outbox.wallet();
  return isolatedIsCovered(account, position);
}

const covered = (account: Account): boolean => equityUsd(account).gt(maintenanceUsd(account));

const dearestFirst = (account: Account): Position[] =>
  account.positions.open().toSorted((a, b) => maintenanceUsd(account, b).cmp(maintenanceUsd(account, a)));

/** The mark price at which the account no longer covers its margin if nothing else moves; null where there is none. */
export const liquidationPrice = (account: Account, position: Position): Big | null =>
  isIsolated(account)
    ? priceOfValue(account, position, isolatedValueAt(account, position, "liquidation"))
    : priceWhereLeft(account, position, maintenanceRate);

export const bankruptcyPrice = (account: Account, position: Position): Big | null =>
  isIsolated(account)
    ? priceOfValue(account, position, isolatedValueAt(account, position, "bankruptcy"))
    : priceWhereLeft(account, position, feeRate(position.category, false));

/** The price at which the account's equity, without what the other positions need, is this share of the value. */
function priceWhereLeft(account: Account, position: Position, rate: Big): Big | null {
  const { category, symbol, side, size } = position;
  if (side === "") return null;
  const { settleCoin } = instrumentOf(account, category, symbol);
  const usd = usdPrice(account, settleCoin);
  if (usd.lte(0)) return null;
  const { mark } = account.market.quote(category, symbol);
  const spare = equityUsd(account).minus(maintenanceUsd(account)).plus(maintenanceUsd(account, position)).div(usd);
  // What the position may still lose is what it earns from its mark price on.
  const rises = risesWithValue(position);
  const value = valueOf(category, mark, size);
  const sign = rises ? 1 : -1;
  const left = rises ? value.minus(spare) : value.plus(spare);
  return priceOfValue(account, position, left.div(new Big(1).minus(rate.times(sign))));
}

/** The price at which the position is worth that much; null where no price is low or high enough. */
function priceOfValue(account: Account, { category, symbol, side, size }: Position, valueThere: Big): Big | null {
  if (side === "" || valueThere.lte(0)) return null;
  const { tickSize } = instrumentOf(account, category, symbol);
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
