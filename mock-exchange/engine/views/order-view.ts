/** An order as REST and the private stream show it: every value a string but the few that Bybit sends otherwise. */

import type { Big } from "big.js";
import { instrumentOf, type Account } from "../account.ts";
import { padded, plain, sum, zero } from "../decimal.ts";
import { isOpen, leaves, type Order } from "../orders/order.ts";

type View = Record<string, unknown>;

export function orderView(order: Order, account: Account): View {
  const spot = order.category === "spot";
  const { tickSize, qtyStep } = instrumentOf(account, order.category, order.symbol);
  // Spot pads to its tick, contracts leave closing zeros out.
  const priced = (value: Big): string => (spot ? padded(value, tickSize) : plain(value));
  const price = (value: Big | null, none: string): string => (value === null ? none : priced(value));
  const qty = (value: Big): string => (spot ? padded(value, order.byQuote ? "0.000001" : qtyStep) : plain(value));
  const left = isOpen(order) || order.status === "Triggered" ? leaves(order) : zero;
  // Of an order by value it is what was not spent, also when it has ended.
  const leavesValue = order.byQuote ? leaves(order) : left.times(order.price ?? order.lastPriceOnCreated);
  const inverseLeft = order.price === null || order.price.eq(0) ? left : left.div(order.price).round(8);
  const { tpsl, trigger } = order;
  return {
    orderId: order.orderId,
    orderLinkId: order.orderLinkId,
    parentOrderLinkId: order.parentOrderLinkId,
    blockTradeId: "",
    symbol: order.symbol,
    price: spot && order.orderType === "Market" ? "0" : price(order.price, "0"),
    qty: qty(order.qty),
    side: order.side,
    isLeverage: spot ? (order.isLeverage ? "1" : "0") : "",
    positionIdx: order.positionIdx,
    orderStatus: order.status,
    ...(spot ? {} : { createType: order.createType }),
    cancelType: order.cancelType,
    rejectReason: order.rejectReason,
    avgPrice: averageOf(order),
    leavesQty: qty(left),
    leavesValue: plain(order.category === "inverse" ? inverseLeft : leavesValue),
    cumExecQty: spot ? padded(order.cumExecQty, qtyStep) : plain(order.cumExecQty),
    cumExecValue: plain(order.cumExecValue),
    cumExecFee: plain(sum(order.fees.values())),
    timeInForce: order.timeInForce,
    orderType: order.orderType,
    stopOrderType: order.stopOrderType,
    orderIv: "",
    marketUnit: order.marketUnit,
    triggerPrice: trigger === null ? (spot ? priced(zero) : "") : priced(trigger.price),
    takeProfit: price(tpsl.takeProfit, spot ? "0" : ""),
    stopLoss: price(tpsl.stopLoss, spot ? "0" : ""),
    tpslMode: tpsl.mode,
    ocoTriggerBy: "",
    tpLimitPrice: price(tpsl.tpLimitPrice, "0"),
    slLimitPrice: price(tpsl.slLimitPrice, "0"),
    tpTriggerBy: tpsl.takeProfit === null || spot ? "" : tpsl.tpTriggerBy,
    slTriggerBy: tpsl.stopLoss === null || spot ? "" : tpsl.slTriggerBy,
    triggerDirection: trigger === null || spot ? 0 : trigger.direction,
    triggerBy: trigger === null || spot ? "" : trigger.by,
    lastPriceOnCreated: priced(order.lastPriceOnCreated),
    ...(spot ? { basePrice: priced(order.lastPriceOnCreated) } : {}),
    reduceOnly: order.reduceOnly,
    closeOnTrigger: order.closeOnTrigger,
    placeType: "",
    smpType: order.smpType,
    smpGroup: 0,
    smpOrderId: "",
    slippageToleranceType: order.slippage?.type ?? "UNKNOWN",
    slippageTolerance: plain(order.slippage?.tolerance ?? zero),
    createdTime: String(order.createdMs),
    updatedTime: String(order.updatedMs),
    extraFees: "",
    cumFeeDetail: Object.fromEntries([...order.fees].map(([coin, fee]) => [coin, plain(fee)])),
    rpiTakerAccess: false,
    rpiMatchedQty: "0",
  };
}

function averageOf({ category, cumExecQty, cumExecValue }: Order): string {
  if (cumExecQty.eq(0) || cumExecValue.eq(0)) return "";
  return plain((category === "inverse" ? cumExecQty.div(cumExecValue) : cumExecValue.div(cumExecQty)).round(8));
}

export function orderPush(order: Order, account: Account): View {
  const { category } = order;
  return {
    category,
    ...orderView(order, account),
    feeCurrency: [...order.fees.keys()][0] ?? "",
    closedPnl: plain(order.closedPnl),
    brokerOrderPrice: "",
  };
}
