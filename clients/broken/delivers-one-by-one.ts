/** Whatever could not be delivered comes as a message of its own once the webhook is back, over or not. */

import { DiscordWebhook } from "../reference/alerts/webhook.ts";
import type { AlertMessage } from "../reference/alerts/payload.ts";
import { broken } from "../reference/parts.ts";

class OneByOne extends DiscordWebhook {
  override async send(message: AlertMessage) {
    const outcome = await super.send({ ...message, embeds: [] });
    if (outcome.is !== "delivered") return outcome;
    for (const embed of message.embeds) {
      for (const field of embed.fields) {
        await super.send({ content: `${field.name}: ${field.value}`, embeds: [] });
      }
    }
    return outcome;
  }
}

export default broken("sends what waited one by one", {
  webhook: (url) => new OneByOne(url),
});
