/**
 * An order whose reply was lost counts as not placed, and each attempt has an `orderLinkId` of its own: the exchange cannot see that it
 * is the same order.
 */

import { broken } from "../reference/parts.ts";
import { OncePerSignal } from "../reference/trading/trader.ts";
import type { Signal } from "../reference/signals/signal.ts";

class RenamingTrader extends OncePerSignal {
  protected override orderLinkId({ id }: Signal, attempt: number): string {
    return `${id}-${attempt}`;
  }

  protected override fate(): Promise<"absent"> {
    return Promise.resolve("absent");
  }
}

export default broken("sends an order whose reply was lost again under a new orderLinkId", {
  trader: (options) => new RenamingTrader(options),
});
