/**
 * Forgets what it traded: sends a wave's orders twice, as a client does that processes a batch again after a
 * reconnect. Each order gets an `orderLinkId` of its own, so the exchange cannot see that it is a repeat.
 */

import { randomUUID } from "node:crypto";
import { broken } from "../reference/parts.ts";
import type { Signal } from "../reference/signals/signal.ts";
import { OncePerSignal, type Trader, type TraderOptions } from "../reference/trading/trader.ts";

class ForgetfulTrader implements Trader {
  readonly #options: TraderOptions;

  constructor(options: TraderOptions) {
    this.#options = options;
  }

  async tradeWave(signals: readonly Signal[], deadline: Date): Promise<void> {
    await new RandomLinkIds(this.#options).tradeWave(signals, deadline);
    await new RandomLinkIds(this.#options).tradeWave(signals, deadline);
  }
}

class RandomLinkIds extends OncePerSignal {
  protected override orderLinkId(): string {
    return randomUUID();
  }
}

export default broken("sends a wave's orders again, each under a new orderLinkId", {
  trader: (options) => new ForgetfulTrader(options),
});
