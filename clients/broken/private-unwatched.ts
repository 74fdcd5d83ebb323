/** The public streams are watched. The private one, on which it may rightly be quiet for hours, is pinged and nobody looks whether an answer comes. */

import { broken } from "../reference/parts.ts";
import { StreamConnection } from "../reference/stream/connection.ts";
import { Heartbeat } from "../reference/stream/heartbeat.ts";

class PublicIsWatched extends StreamConnection {
  protected override makeHeartbeat(options: ConstructorParameters<typeof Heartbeat>[0]): Heartbeat {
    const isPrivate = this.options.endpoint === "exchange-private";
    return new Heartbeat(isPrivate ? { ...options, dead: () => undefined } : options);
  }
}

export default broken("does not mind whether anything comes on its private stream", {
  stream: (options) => new PublicIsWatched(options),
});
