/** What an order is inside the engine. How it looks on the wire is in `views/order-view.ts`. */

import type { Big } from "big.js";
import type { Category, Side } from "../../market/market.ts";

export type TradedCategory = Exclude<Category, "option">;

/** What is traded, by name. */
export interface Contract {
  category: TradedCategory;
  symbol: string;
}

export const isTraded = (one: { category: Category; symbol: string }): one is Contract => one.category !== "option";
export type PositionIdx = 0 | 1 | 2;
export type OrderType = "Market" | "Limit";
export type TimeInForce = "GTC" | "IOC" | "FOK" | "PostOnly" | "RPI";
export type TriggerBy = "LastPrice" | "IndexPrice" | "MarkPrice";
export type TpslMode = "" | "Full" | "Partial";

export type OrderStatus =
  | "New"
  | "PartiallyFilled"
  | "Untriggered"
  | "Rejected"
  | "PartiallyFilledCanceled"
  | "Filled"
  | "Cancelled"
  | "Triggered"
  | "Deactivated";

export type StopOrderType =
  "" | "Stop" | "TakeProfit" | "StopLoss" | "PartialTakeProfit" | "PartialStopLoss" | "TrailingStop" | "tpslOrder";

export type CancelType =
  | "UNKNOWN"
  | "CancelByUser"
  | "CancelByReduceOnly"
  | "CancelByTpSlTsClear"
  | "CancelByDCP"
  | "CancelByAdmin"
  | "CancelAllBeforeLiq"
  | "CancelByOCOTpCanceledBySlTriggered"
  | "CancelByOCOSlCanceledByTpTriggered";

/** Take profit or stop loss that goes with an order until its fills make a position. Null: none. */
export interface Tpsl {
  mode: TpslMode;
  takeProfit: Big | null;
  stopLoss: Big | null;
  tpTriggerBy: TriggerBy;
  slTriggerBy: TriggerBy;
  tpLimitPrice: Big | null;
  slLimitPrice: Big | null;
}

/** How far from the best price a market order may trade, by its owner's wish. */
export interface Slippage {
  type: "TickSize" | "Percent";
  tolerance: Big;
}

export interface Trigger {
  price: Big;
  /** 1: fires on the way up. 2: on the way down. */
  direction: 1 | 2;
  by: TriggerBy;
}

export interface Order {
  readonly serial: number;
  readonly orderId: string;
  readonly orderLinkId: string;
  /** Of the order that this take profit or stop loss came with. */
  readonly parentOrderLinkId: string;
  readonly category: TradedCategory;
  readonly symbol: string;
  readonly side: Side;
  readonly orderType: OrderType;
  /** Null: a spot market order that takes any price. A derivative's market order has its slippage band here. */
  price: Big | null;
  /** In the base coin (contracts for inverse), or in the quote coin where `byQuote`. */
  qty: Big;
  readonly byQuote: boolean;
  readonly marketUnit: "" | "baseCoin" | "quoteCoin";
  readonly timeInForce: TimeInForce;
  readonly positionIdx: PositionIdx;
  readonly reduceOnly: boolean;
  readonly closeOnTrigger: boolean;
  readonly isLeverage: boolean;
  readonly smpType: string;
  readonly slippage: Slippage | null;
  readonly createType: string;
  readonly stopOrderType: StopOrderType;
  /** Full-position take profit and stop loss follow the position's size. */
  readonly wholePosition: boolean;
  /** The other half of a partial take profit and stop loss: ends when this one fires. */
  pairedWith: string | null;
  trigger: Trigger | null;
  tpsl: Tpsl;
  status: OrderStatus;
  cancelType: CancelType;
  rejectReason: string;
  cumExecQty: Big;
  cumExecValue: Big;
  /** Fees paid so far, by coin. */
  fees: Map<string, Big>;
  closedPnl: Big;
  readonly lastPriceOnCreated: Big;
  readonly createdMs: number;
  updatedMs: number;
  /** What it was before it was cancelled; null where it was not, or never was open. */
  cancelledFrom: { readonly status: OrderStatus; readonly updatedMs: number } | null;
}

export const noTpsl = (): Tpsl => ({
  mode: "",
  takeProfit: null,
  stopLoss: null,
  tpTriggerBy: "LastPrice",
  slTriggerBy: "LastPrice",
  tpLimitPrice: null,
  slLimitPrice: null,
});

export const isOpen = ({ status }: Order): boolean =>
  status === "New" || status === "PartiallyFilled" || status === "Untriggered";

/** In the book, where the market's flow may hit it. */
export const isResting = ({ status }: Order): boolean => status === "New" || status === "PartiallyFilled";

/** The exchange's own order that takes a position over. */
export const isLiquidation = ({ createType }: Order): boolean => createType === "CreateByLiq";

/** What is still to be filled, in the unit of `qty`; nothing once the order has ended. */
export const leaves = (order: Order): Big => order.qty.minus(order.byQuote ? order.cumExecValue : order.cumExecQty);
