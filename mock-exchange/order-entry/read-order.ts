/** Reads the parameters of a new order into what the engine wants. */

import { Big } from "big.js";
import { z } from "zod";
import type { Account } from "../engine/account.ts";
import type { OrderWish } from "../engine/orders/new-order.ts";
import * as refuse from "../engine/orders/order-errors.ts";
import type { PositionIdx, Slippage, Trigger } from "../engine/orders/order.ts";
import { priceOf } from "../engine/stops/triggers.ts";
import { paramsError, RetError } from "../protocol/ret-codes.ts";
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
  slippageToleranceType: field.choice(["TickSize", "Percent"]),
  slippageTolerance: field.decimal,
  bboSideType: field.choice(["Queue", "Counterparty"]),
  bboLevel: field.whole,
});

type Asked = z.output<typeof schema>;

/** @throws RetError 10001, or on spot 1701xx, where a parameter is bad. */
export function readOrder(body: Record<string, unknown>, account: Account): OrderWish {
  const refused = (name: string): RetError => badParameter(name, body.category === "spot");
  if (body.category === "option" && account.settings.marginMode === "ISOLATED_MARGIN")
    throw new RetError(3200403, "isolated margin can not create order");
  const asked = field.parse(schema, body, refused);
  const { category, symbol, orderType } = asked;
  if (account.market.instrument(category, symbol) === undefined) throw refuse.unknownSymbol(category);
  if (asked.qty === undefined) throw refused("qty");
  checkLinkIdLength(asked, refused);
  const price = bboPrice(asked, account) ?? asked.price;
  if (orderType === "Limit" && price === undefined) throw refused("price");
  const spotMarket = category === "spot" && orderType === "Market";
  const byQuote = spotMarket && (asked.marketUnit ?? (asked.side === "Buy" ? "quoteCoin" : "baseCoin")) === "quoteCoin";
  const trigger = triggerOf(asked, account);
  return {
    category,
    symbol,
    side: asked.side,
    orderType,
    qty: asked.qty,
    price: orderType === "Limit" ? (price ?? null) : null,
    byQuote,
    marketUnit: spotMarket ? (byQuote ? "quoteCoin" : "baseCoin") : "",
    timeInForce: orderType === "Market" ? "IOC" : (asked.timeInForce ?? "GTC"),
    positionIdx: positionIdxOf(asked.positionIdx),
    orderLinkId: asked.orderLinkId ?? "",
    reduceOnly: category !== "spot" && (asked.reduceOnly === true || asked.closeOnTrigger === true),
    closeOnTrigger: asked.closeOnTrigger === true,
    isLeverage: asked.isLeverage === 1,
    smpType: asked.smpType ?? "None",
    slippage: slippageOf(asked, refused),
    createType: asked.bboSideType === undefined ? "CreateByUser" : "CreateByBboOrder",
    trigger,
    stopOrderType: trigger === null ? "" : asked.orderFilter === "tpslOrder" ? "tpslOrder" : "Stop",
    tpsl: tpslOf(asked),
  };
}

/** The docs say 36 characters for all; contracts take more on the wire. */
const longestLinkId = { spot: 36, contract: 45 };

function checkLinkIdLength({ category, orderLinkId = "" }: Asked, refused: (name: string) => RetError): void {
  if (category === "spot" && orderLinkId.length > longestLinkId.spot) throw refused("orderLinkId");
  if (orderLinkId.length > longestLinkId.contract)
    throw new RetError(10001, `order link id is longer than ${longestLinkId.contract}`);
}

function positionIdxOf(value: number | undefined): PositionIdx {
  if (value === undefined || value === 0) return 0;
  if (value === 1 || value === 2) return value;
  throw paramsError("position_mode invalid");
}

const bboLevels = 5;

/** A limit at a level of the book, on the order's own side or on the other one; contracts only. */
function bboPrice({ category, symbol, side, bboSideType, bboLevel }: Asked, account: Account): Big | undefined {
  if (bboSideType === undefined || category === "spot") return undefined;
  if (bboLevel === undefined || bboLevel < 1 || bboLevel > bboLevels) throw paramsError("bboLevel invalid");
  const of = (bboSideType === "Queue") === (side === "Buy") ? "Buy" : "Sell";
  return account.market.level(category, symbol, of, bboLevel) ?? undefined;
}

const tolerances = { TickSize: [1, 10_000], Percent: [0.01, 10] } as const;

/** Of a market order only: without a type there is none. */
function slippageOf(
  { orderType, slippageToleranceType: type, slippageTolerance: tolerance }: Asked,
  refused: (name: string) => RetError,
): Slippage | null {
  if (type === undefined || orderType === "Limit") return null;
  const [least, most] = tolerances[type];
  const whole = type === "Percent" || tolerance?.mod(1).eq(0) === true;
  if (tolerance === undefined || !whole || tolerance.lt(least) || tolerance.gt(most))
    throw refused("slippageTolerance");
  return { type, tolerance };
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
