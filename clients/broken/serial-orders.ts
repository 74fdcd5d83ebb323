/** Sends the orders of a wave one after the other: each waits for the replies to those before it. */

import { broken } from "../reference/parts.ts";
import type { Signal } from "../reference/signals/signal.ts";
import { OncePerSignal, type Outcome } from "../reference/trading/trader.ts";

class SerialTrader extends OncePerSignal {
  protected override async tradeAll(signals: readonly Signal[], deadline: Date): Promise<Outcome[]> {
    const outcomes: Outcome[] = [];
    for (const signal of signals) outcomes.push(await this.trade(signal, deadline));
    return outcomes;
  }
}

export default broken("sends each order of a wave only when the one before it was answered", {
  trader: (options) => new SerialTrader(options),
});
