/** Report C, H1: `System webhook alert timed out after 30 seconds (attempt 4)`: thirty seconds for each try. */

import { DiscordWebhook } from "../reference/alerts/webhook.ts";
import { broken } from "../reference/parts.ts";

export default broken("waits 30 s for the webhook, each time (report C, H1)", {
  webhook: (url) => new DiscordWebhook(url, 30_000),
});
