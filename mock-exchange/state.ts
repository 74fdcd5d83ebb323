/** What the exchange knows, behind REST and streams alike. */

import type { Orders } from "./engine/orders.ts";
import type { MarketData } from "./market/market-data.ts";

export interface ExchangeState {
  readonly symbols: readonly string[];
  readonly orders: Orders;
  readonly market: MarketData;
}
