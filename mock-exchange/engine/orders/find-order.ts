/** Finds the order that a request means: by orderId, or where there is none by orderLinkId. */

import { paramsError } from "../../protocol/ret-codes.ts";
import type { Account } from "../account.ts";
import type { Order, TradedCategory } from "./order.ts";

export interface OrderRef {
  category: TradedCategory;
  symbol: string;
  orderId?: string | undefined;
  orderLinkId?: string | undefined;
}

export function findOrder(account: Account, ref: OrderRef): Order | undefined {
  const orderId = ref.orderId ?? "";
  const orderLinkId = ref.orderLinkId ?? "";
  if (orderId === "" && orderLinkId === "") throw paramsError("OrderId or orderLinkId is required");
  const order = orderId === "" ? account.orders.byLinkId(orderLinkId) : account.orders.byId(orderId);
  return order?.category === ref.category && order.symbol === ref.symbol ? order : undefined;
}
