/** An alert that meets a rate limit is refused like any other, and lost: as a Prometheus Alertmanager did for years. */

import type { AlertMessage } from "../reference/alerts/payload.ts";
import { DiscordWebhook, type Outcome } from "../reference/alerts/webhook.ts";
import { broken } from "../reference/parts.ts";

class Dropping extends DiscordWebhook {
  override async send(message: AlertMessage): Promise<Outcome> {
    const outcome = await super.send(message);
    return outcome.is === "limited" ? { is: "refused", why: "HTTP 429" } : outcome;
  }
}

export default broken("drops an alert that meets a rate limit", { webhook: (url) => new Dropping(url) });
