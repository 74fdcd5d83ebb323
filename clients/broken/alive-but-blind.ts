/**
 * Report D and every supervisor that looks at processes: prices that stopped coming are traded on as if they were new,
 * and its health says that all is well.
 */

import { broken } from "../reference/parts.ts";
import { MarketHealth } from "../reference/stream/health.ts";
import { MarketTrader } from "../reference/trading/market-trader.ts";

class BlindTrader extends MarketTrader {
  protected override trusts(): boolean {
    return true;
  }
}

class ProcessHealth extends MarketHealth {
  protected override troubles(): string[] {
    return [];
  }
}

export default broken("trades on the last price it saw, however old, and calls itself healthy", {
  marketTrader: (options) => new BlindTrader(options),
  marketHealth: (streams) => new ProcessHealth(streams),
});
