/** Reads the parameters of a new order into what the engine wants. */

import { Big } from "big.js";
import { z } from "zod";
import type { Account } from "../engine/account.ts";
import type { OrderWish } from "../engine/new-order.ts";
import * as refuse from "../engine/order-errors.ts";
import type { PositionIdx, Trigger } from "../engine/order.ts";
import { priceOf } from "../engine/triggers.ts";
import { paramsError, type RetError } from "../rest/ret-codes.ts";
import { badParameter } from "./bad-parameter.ts";
import * as field from "./fields.ts";

const triggerBy = field.choice(["LastPrice", "IndexPrice", "MarkPrice"]);

const schema = z.object({
  category: field.category,
  symbol: field.symbol,
  side: z.enum(["Buy", "Sell"]),
  orderType: z.enum(["Market", "Limit"]),
  qty: field.decimal,
  price: field.decimal,
  isLeverage: field.whole,
  marketUnit: field.choice(["baseCoin", "quoteCoin"]),
  timeInForce: field.choice(["GTC", "IOC", "FOK", "PostOnly", "RPI"]),
  triggerPrice: field.decimal,
  triggerDirection: field.whole,
  triggerBy,
  orderFilter: field.choice(["Order", "tpslOrder", "StopOrder"]),
  positionIdx: field.whole,
  orderLinkId: field.linkId,
  takeProfit: field.decimal,
  stopLoss: field.decimal,
  tpTriggerBy: triggerBy,
  slTriggerBy: triggerBy,
  tpslMode: field.choice(["Full", "Partial"]),
  tpLimitPrice: field.decimal,
  slLimitPrice: field.decimal,
  tpOrderType: field.choice(["Market", "Limit"]),
  slOrderType: field.choice(["Market", "Limit"]),
  reduceOnly: field.flag,
  closeOnTrigger: field.flag,
  smpType: field.choice(["None", "CancelMaker", "CancelTaker", "CancelBoth"]),
});

type Asked = z.output<typeof schema>;

/** @throws RetError 10001, or on spot 1701xx, where a parameter is bad. */
export function readOrder(body: Record<string, unknown>, account: Account): OrderWish {
  const refused = (name: string): RetError => badParameter(name, body.category === "spot");
  const asked = field.parse(schema, body, refused);
  const { category, symbol, orderType } = asked;
  if (account.market.instrument(category, symbol) === undefined) throw refuse.unknownSymbol(category);
  if (asked.qty === undefined) throw refused("qty");
  if (orderType === "Limit" && asked.price === undefined) throw refused("price");
  const spotMarket = category === "spot" && orderType === "Market";
  const byQuote = spotMarket && (asked.marketUnit ?? (asked.side === "Buy" ? "quoteCoin" : "baseCoin")) === "quoteCoin";
  const trigger = triggerOf(asked, account);
  return {
    category,
    symbol,
    side: asked.side,
    orderType,
    qty: asked.qty,
    price: orderType === "Limit" ? (asked.price ?? null) : null,
    byQuote,
    marketUnit: spotMarket ? (byQuote ? "quoteCoin" : "baseCoin") : "",
    timeInForce: orderType === "Market" ? "IOC" : (asked.timeInForce ?? "GTC"),
    positionIdx: positionIdxOf(asked.positionIdx),
    orderLinkId: asked.orderLinkId ?? "",
    reduceOnly: category !== "spot" && (asked.reduceOnly === true || asked.closeOnTrigger === true),
    closeOnTrigger: asked.closeOnTrigger === true,
    isLeverage: asked.isLeverage === 1,
    smpType: asked.smpType ?? "None",
    trigger,
    stopOrderType: trigger === null ? "" : asked.orderFilter === "tpslOrder" ? "tpslOrder" : "Stop",
    tpsl: tpslOf(asked),
  };
}

function positionIdxOf(value: number | undefined): PositionIdx {
  if (value === undefined || value === 0) return 0;
  if (value === 1 || value === 2) return value;
  throw paramsError("position_mode invalid");
}

function triggerOf(asked: Asked, account: Account): Trigger | null {
  const { category, triggerPrice, triggerDirection } = asked;
  if (triggerPrice === undefined || triggerPrice.eq(0)) return null;
  const by = asked.triggerBy ?? "LastPrice";
  if (triggerDirection === 1 || triggerDirection === 2) return { price: triggerPrice, direction: triggerDirection, by };
  if (category !== "spot") throw paramsError("TriggerDirection invalid");
  // Spot has no direction: it fires when the price gets there from where it is.
  const current = priceOf(account.market.quote(category, asked.symbol), by);
  return { price: triggerPrice, direction: triggerPrice.gt(current) ? 1 : 2, by };
}

function tpslOf(asked: Asked): NonNullable<OrderWish["tpsl"]> {
  const price = (value: Big | undefined): Big | null => (value === undefined || value.eq(0) ? null : value);
  const takeProfit = price(asked.takeProfit);
  const stopLoss = price(asked.stopLoss);
  const guarded = takeProfit !== null || stopLoss !== null;
  if (asked.reduceOnly === true && guarded) throw paramsError("reduceOnly order cannot carry takeProfit or stopLoss");
  return {
    mode: guarded ? (asked.tpslMode ?? "Full") : "",
    takeProfit,
    stopLoss,
    tpTriggerBy: asked.tpTriggerBy ?? "LastPrice",
    slTriggerBy: asked.slTriggerBy ?? "LastPrice",
    tpLimitPrice: asked.tpOrderType === "Limit" ? price(asked.tpLimitPrice) : null,
    slLimitPrice: asked.slOrderType === "Limit" ? price(asked.slLimitPrice) : null,
  };
}
