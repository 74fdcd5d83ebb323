/** An order whose reply was lost is reported as failed and forgotten: the position that it may have opened is nobody's. */

import { broken } from "../reference/parts.ts";
import { OncePerSignal } from "../reference/trading/trader.ts";

class HastyTrader extends OncePerSignal {
  protected override fate(): Promise<"failed"> {
    return Promise.resolve("failed");
  }
}

export default broken("takes an order whose reply was lost for failed", {
  trader: (options) => new HastyTrader(options),
});
