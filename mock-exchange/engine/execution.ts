/** One fill of an order, or one funding payment of a position, as it was at that moment. */

import type { Big } from "big.js";
import type { Side } from "../market/market.ts";
import type { OrderType, TradedCategory } from "./orders/order.ts";

/** `BustTrade`: the exchange took the position over. */
export type ExecType = "Trade" | "BustTrade" | "Funding";

export interface Execution {
  readonly serial: number;
  readonly execType: ExecType;
  readonly category: TradedCategory;
  readonly symbol: string;
  readonly side: Side;
  readonly orderId: string;
  readonly orderLinkId: string;
  readonly orderType: OrderType | "UNKNOWN";
  readonly stopOrderType: string;
  readonly createType: string;
  readonly orderPrice: Big;
  readonly orderQty: Big;
  readonly leavesQty: Big;
  readonly marketUnit: string;
  readonly isLeverage: boolean;
  readonly execId: string;
  readonly price: Big;
  readonly qty: Big;
  readonly value: Big;
  readonly fee: Big;
  readonly feeRate: Big;
  readonly feeCurrency: string;
  readonly isMaker: boolean;
  readonly markPrice: Big;
  readonly indexPrice: Big;
  readonly closedSize: Big;
  readonly pnl: Big;
  readonly seq: number;
  readonly timeMs: number;
}
