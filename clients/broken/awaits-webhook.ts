/** Tells the channel of each order before it sends it, and waits until the webhook has answered. */

import { DiscordWebhook } from "../reference/alerts/webhook.ts";
import { broken } from "../reference/parts.ts";
import type { Signal } from "../reference/signals/signal.ts";
import { OncePerSignal, type Outcome } from "../reference/trading/trader.ts";

class TellsFirst extends OncePerSignal {
  readonly #webhook = new DiscordWebhook(process.env.FIREDRILL_WEBHOOK_URL ?? "");

  protected override async trade(signal: Signal, deadline: Date): Promise<Outcome> {
    const content = `trading ${signal.side} ${signal.symbol}`;
    await this.#webhook.send({ content, embeds: [] }).catch(() => undefined);
    return super.trade(signal, deadline);
  }
}

export default broken("waits for the webhook before each order", { trader: (options) => new TellsFirst(options) });
