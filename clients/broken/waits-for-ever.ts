/** A request on the trade stream has no deadline: where its answer is lost, its order is waited for for ever. */

import { broken } from "../reference/parts.ts";
import { TradeStream } from "../reference/trading/trade-stream.ts";

class Waiting extends TradeStream {
  protected override deadlineFor(): undefined {
    return undefined;
  }

  protected override abandonPending(): void {
    // An answer may still come.
  }
}

export default broken("waits for ever for the answer to an order on the trade stream", {
  tradeStream: (options) => new Waiting(options),
});
