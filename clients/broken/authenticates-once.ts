/** Authenticates at its start and takes that for good: neither a new connection nor a session that expired is authenticated. */

import { broken } from "../reference/parts.ts";
import { ReconnectingFeed } from "../reference/signals/feed.ts";

class OnceFeed extends ReconnectingFeed {
  #done = false;

  protected override authenticate(): void {
    if (!this.#done) super.authenticate();
    this.#done = true;
  }
}

export default broken("authenticates to the signal server once, at its start", {
  feed: (options) => new OnceFeed(options),
});
