/** What the exchange knows, behind REST and streams alike. */

import type { Orders } from "./engine/orders.ts";

export interface ExchangeState {
  readonly symbols: readonly string[];
  readonly orders: Orders;
}
