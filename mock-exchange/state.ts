/** What the exchange knows, behind REST and streams alike. */

import type { Clock } from "../core/clock.ts";
import type { Engine } from "./engine/engine.ts";
import type { IpLimit } from "./limits/ip-limit.ts";
import type { UserLimits } from "./limits/user-limits.ts";
import type { MarketData } from "./market/market-data.ts";

export interface ExchangeState {
  readonly clock: Clock;
  readonly symbols: readonly string[];
  readonly market: MarketData;
  readonly engine: Engine;
  /** Undefined: no rate limits, for measuring the server itself. */
  readonly limits?: { readonly user: UserLimits; readonly ip: IpLimit };
}
