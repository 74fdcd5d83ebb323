/** A webhook that was deleted is a failure like any other: it is asked again and again. */

import { DiscordWebhook, NotDelivered, type Outcome } from "../reference/alerts/webhook.ts";
import type { AlertMessage } from "../reference/alerts/payload.ts";
import { broken } from "../reference/parts.ts";

class Hopeful extends DiscordWebhook {
  override async send(message: AlertMessage): Promise<Outcome> {
    const outcome = await super.send(message);
    if (outcome.is === "gone") throw new NotDelivered(outcome.why, false);
    return outcome;
  }
}

export default broken("asks a webhook that was deleted for ever", { webhook: (url) => new Hopeful(url) });
