/** Freshness is a matter of the connection: as long as anything comes in on it, no topic is missed. */

import { broken } from "../reference/parts.ts";
import { TopicFreshness } from "../reference/stream/freshness.ts";

class NeverLooks extends TopicFreshness {
  protected override look(): void {
    // The stale timer of the connection is all there is.
  }
}

export default broken("watches connections for silence, not topics", {
  freshness: (options) => new NeverLooks(options),
});
