/** It asks a webhook that is gone no more, and says of every alert that it was not sent. */

import { AlertQueue } from "../reference/alerts/alert-queue.ts";
import { DiscordWebhook } from "../reference/alerts/webhook.ts";
import type { Incident } from "../reference/alerts/incidents.ts";
import { log } from "../reference/log.ts";
import { broken } from "../reference/parts.ts";

let isGone = false;

class Watched extends DiscordWebhook {
  override async send(message: Parameters<DiscordWebhook["send"]>[0]) {
    const outcome = await super.send(message);
    isGone ||= outcome.is === "gone";
    return outcome;
  }
}

class Complaining extends AlertQueue {
  override put(incident: Incident): void {
    if (isGone) log(`alerts: not delivered, the webhook is gone: ${incident.subject}`);
    super.put(incident);
  }
}

export default broken("says of every alert anew that the webhook is gone", {
  webhook: (url) => new Watched(url),
  alerts: (options) => new Complaining(options),
});
