/** A refusal for the moment (10006, too many visits) ends the order: what is left of the wave is never sent again. */

import { broken } from "../reference/parts.ts";
import { OncePerSignal } from "../reference/trading/trader.ts";

class FaintTrader extends OncePerSignal {
  protected override isPassing(): boolean {
    return false;
  }
}

export default broken("gives up orders that were refused for the moment only", {
  trader: (options) => new FaintTrader(options),
});
