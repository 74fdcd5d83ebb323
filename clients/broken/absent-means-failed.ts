/** Asks for an order whose reply was lost, once: where a read does not show it, it is taken for failed. Reads lag. */

import { broken } from "../reference/parts.ts";
import { OncePerSignal } from "../reference/trading/trader.ts";
import { OrderLookup } from "../reference/trading/order-lookup.ts";

class HastyTrader extends OncePerSignal {
  protected override async fate(orderLinkId: string): Promise<"placed" | "failed"> {
    return (await new OrderLookup(this.options.rest).exists(orderLinkId)) ? "placed" : "failed";
  }
}

export default broken("takes an order for failed that one read did not show", {
  trader: (options) => new HastyTrader(options),
});
