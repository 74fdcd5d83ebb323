/** The feed is dialled twice a second for as long as it is down: no backoff. */

import { broken } from "../reference/parts.ts";
import { ReconnectingFeed } from "../reference/signals/feed.ts";

class HastyFeed extends ReconnectingFeed {
  protected override readonly backoff = { next: () => 500, lasted: () => undefined };
}

export default broken("dials the feed twice a second while it is down", {
  feed: (options) => new HastyFeed(options),
});
