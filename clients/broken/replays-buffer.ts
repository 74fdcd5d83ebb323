/** What was under way on the trade stream when it was lost is sent again on the next connection, and nobody is asked. */

import { broken } from "../reference/parts.ts";
import { TradeStream } from "../reference/trading/trade-stream.ts";

class Replaying extends TradeStream {
  protected override deadlineFor(): undefined {
    return undefined;
  }

  protected override abandonPending(): void {
    // Kept for the next connection.
  }

  protected override authenticated(): void {
    super.authenticated();
    for (const { frame } of this.pending.values()) this.connection.send(frame);
  }
}

export default broken("sends the orders of a lost trade stream again on the next one", {
  tradeStream: (options) => new Replaying(options),
});
