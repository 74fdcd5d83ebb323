/** An order whose reply was lost is sent again at once, under its own id, and nobody is asked what became of it. */

import { broken } from "../reference/parts.ts";
import { OncePerSignal } from "../reference/trading/trader.ts";

class BlindTrader extends OncePerSignal {
  protected override fate(): Promise<"absent"> {
    return Promise.resolve("absent");
  }
}

export default broken("sends an order whose reply was lost again without asking for it", {
  trader: (options) => new BlindTrader(options),
});
