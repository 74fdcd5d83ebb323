/** The public streams are pinged. The private one is not: what should be wrong with it, it was authenticated. */

import { broken } from "../reference/parts.ts";
import { StreamConnection } from "../reference/stream/connection.ts";
import { Heartbeat } from "../reference/stream/heartbeat.ts";

class NoHeart extends Heartbeat {
  override start(): void {
    // Nobody asks.
  }
}

class PublicIsPinged extends StreamConnection {
  protected override makeHeartbeat(options: ConstructorParameters<typeof Heartbeat>[0]): Heartbeat {
    return this.options.endpoint === "exchange-private" ? new NoHeart(options) : new Heartbeat(options);
  }
}

export default broken("never pings its private stream", { stream: (options) => new PublicIsPinged(options) });
