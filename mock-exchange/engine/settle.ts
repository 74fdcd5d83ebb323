/** Books one fill of an order: the order, the position or the coins, fees, execution, closed PnL, transaction log. */

import type { Big } from "big.js";
import type { Fill } from "../market/market.ts";
import { instrumentOf, type Account } from "./account.ts";
import { booked, plain, zero } from "./decimal.ts";
import type { Execution } from "./execution.ts";
import { feeRate } from "./fees.ts";
import { isLiquidation, leaves, type Order } from "./orders/order.ts";
import { applyFill, valueOf } from "./position.ts";
import type { Entry } from "./wallet.ts";

interface Trade {
  value: Big;
  fee: Big;
  feeRate: Big;
  feeCurrency: string;
}

export function settle(account: Account, order: Order, fill: Fill, isMaker: boolean): void {
  const trade = priced(account, order, fill, isMaker);
  order.cumExecQty = order.cumExecQty.plus(fill.qty);
  order.cumExecValue = order.cumExecValue.plus(trade.value);
  order.fees.set(trade.feeCurrency, (order.fees.get(trade.feeCurrency) ?? zero).plus(trade.fee));
  order.updatedMs = fill.timeMs;
  const closed =
    order.category === "spot" ? bookSpot(account, order, fill, trade) : bookPosition(account, order, fill, trade);
  order.closedPnl = order.closedPnl.plus(closed.pnl);
  record(account, executionOf(account, order, fill, trade, isMaker, closed));
}

function priced(account: Account, order: Order, fill: Fill, isMaker: boolean): Trade {
  const { baseCoin, quoteCoin, settleCoin } = instrumentOf(account, order.category, order.symbol);
  const value = valueOf(order.category, fill.price, fill.qty);
  const rate = feeRate(order.category, isMaker);
  if (order.category !== "spot") {
    return { value, fee: booked(value.times(rate)), feeRate: rate, feeCurrency: settleCoin };
  }
  // Spot pays in what it receives.
  return order.side === "Buy"
    ? { value, fee: fill.qty.times(rate), feeRate: rate, feeCurrency: baseCoin }
    : { value, fee: value.times(rate), feeRate: rate, feeCurrency: quoteCoin };
}

function bookSpot(account: Account, order: Order, fill: Fill, trade: Trade): { size: Big; pnl: Big } {
  const { baseCoin, quoteCoin } = instrumentOf(account, "spot", order.symbol);
  const buys = order.side === "Buy";
  const common = { ...tradeEntry(order, fill, trade), size: zero, funding: zero };
  account.wallet.book({
    ...common,
    coin: baseCoin,
    cashFlow: buys ? fill.qty : fill.qty.neg(),
    fee: buys ? trade.fee : zero,
  });
  account.wallet.book({
    ...common,
    coin: quoteCoin,
    cashFlow: buys ? trade.value.neg() : trade.value,
    fee: buys ? zero : trade.fee,
  });
  account.outbox.wallet();
  return { size: zero, pnl: zero };
}

function bookPosition(account: Account, order: Order, fill: Fill, trade: Trade): { size: Big; pnl: Big } {
  const position = account.positions.of(order.category, order.symbol, order.positionIdx);
  const heldSide = position.side === "" ? order.side : position.side;
  const change = applyFill(position, { ...fill, side: order.side, fee: trade.fee });
  account.wallet.book({
    ...tradeEntry(order, fill, trade),
    size: position.size,
    coin: trade.feeCurrency,
    cashFlow: change.pnl,
    funding: zero,
    fee: trade.fee,
  });
  let pnl = zero;
  if (change.closedQty.gt(0)) {
    const leverage = account.positions.leverage(order.category, order.symbol, heldSide);
    account.closedPnl.add(order, change, leverage, fill.timeMs);
    pnl = change.pnl.minus(change.openFee).minus(change.closeFee);
  }
  account.outbox.position(order.category, order.symbol);
  account.outbox.wallet();
  return { size: change.closedQty, pnl };
}

const tradeEntry = (
  order: Order,
  fill: Fill,
  trade: Trade,
): Omit<Entry, "coin" | "cashFlow" | "funding" | "fee" | "size"> => ({
  type: isLiquidation(order) ? "LIQUIDATION" : "TRADE",
  category: order.category,
  symbol: order.symbol,
  side: order.side,
  timeMs: fill.timeMs,
  qty: fill.qty,
  tradePrice: fill.price,
  feeRate: trade.feeRate,
  tradeId: fill.execId,
  orderId: order.orderId,
  orderLinkId: order.orderLinkId,
});

function executionOf(
  account: Account,
  order: Order,
  fill: Fill,
  trade: Trade,
  isMaker: boolean,
  closed: { size: Big; pnl: Big },
): Execution {
  const { mark, index } = account.market.quote(order.category, order.symbol);
  return {
    serial: account.ids.serial(),
    execType: isLiquidation(order) ? "BustTrade" : "Trade",
    category: order.category,
    symbol: order.symbol,
    side: order.side,
    orderId: order.orderId,
    orderLinkId: order.orderLinkId,
    orderType: order.orderType,
    stopOrderType: order.stopOrderType,
    createType: order.createType,
    orderPrice: order.price ?? zero,
    // Of an order by value neither is known in the base coin.
    orderQty: order.byQuote ? zero : order.qty,
    leavesQty: order.byQuote ? zero : leaves(order),
    marketUnit: order.marketUnit,
    isLeverage: order.isLeverage,
    execId: fill.execId,
    price: fill.price,
    qty: fill.qty,
    ...trade,
    isMaker,
    markPrice: mark,
    indexPrice: index,
    closedSize: closed.size,
    pnl: closed.pnl,
    seq: fill.seq,
    timeMs: fill.timeMs,
  };
}

/** Keeps an execution and reports it to everybody. */
export function record(account: Account, execution: Execution): void {
  account.executions.add(execution);
  account.outbox.execution(execution);
  const { execId, orderId, orderLinkId, category, symbol, side, execType, price, qty, fee, isMaker } = execution;
  account.journal.write("exchange.execution", {
    ...{ execId, orderId, orderLinkId, category, symbol, side, execType, isMaker },
    ...{ price: plain(price), qty: plain(qty), fee: plain(fee) },
  });
}
