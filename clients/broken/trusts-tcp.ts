/** Sends its pings and does not mind whether anything comes back, data neither: TCP would have said so. */

import { broken } from "../reference/parts.ts";
import { StreamConnection } from "../reference/stream/connection.ts";
import { Heartbeat } from "../reference/stream/heartbeat.ts";

class TrustingStream extends StreamConnection {
  protected override makeHeartbeat(options: ConstructorParameters<typeof Heartbeat>[0]): Heartbeat {
    return new Heartbeat({ ...options, dead: () => undefined });
  }
}

export default broken("sends pings and does not mind whether they are answered", {
  stream: (options) => new TrustingStream({ ...options, staleMs: Infinity }),
});
