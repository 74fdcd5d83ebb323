/** Sends its pings and does not mind whether anything comes back, data neither: TCP would have reported it. */

import { broken } from "../reference/parts.ts";
import { ReconnectingFeed } from "../reference/signals/feed.ts";
import { StreamConnection } from "../reference/stream/connection.ts";
import { Heartbeat } from "../reference/stream/heartbeat.ts";

class TrustingStream extends StreamConnection {
  protected override makeHeartbeat(options: ConstructorParameters<typeof Heartbeat>[0]): Heartbeat {
    return new Heartbeat({ ...options, dead: () => undefined });
  }
}

class TrustingFeed extends ReconnectingFeed {
  protected override get isSilent(): boolean {
    return false;
  }

  protected override unanswered(): void {
    // TCP would have reported it.
  }
}

export default broken("sends pings and does not mind whether they are answered", {
  feed: (options) => new TrustingFeed(options),
  stream: (options) => new TrustingStream({ ...options, staleMs: Infinity }),
});
