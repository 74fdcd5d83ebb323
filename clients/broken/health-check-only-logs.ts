/** Report B, "detected, no automatic recovery": what is not answered is counted and logged, and nobody acts on it. */

import { log } from "../reference/log.ts";
import { broken } from "../reference/parts.ts";
import { ReconnectingFeed, type Asked } from "../reference/signals/feed.ts";

class WatchedFeed extends ReconnectingFeed {
  protected override unanswered(type: Asked, times: number): void {
    log(`health_check_failed: status='degraded', ${type} was not answered, ${times} in a row`);
  }
}

export default broken("logs that the feed does not answer, and neither reconnects nor alerts", {
  feed: (options) => new WatchedFeed(options),
});
