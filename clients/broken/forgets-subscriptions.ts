/** Subscribes when it is started. A connection that comes back is connected to nothing. */

import { broken } from "../reference/parts.ts";
import { Subscriptions } from "../reference/stream/subscriptions.ts";

class AskedOnce extends Subscriptions {
  #asked = false;

  override opened(): void {
    if (!this.#asked) super.opened();
    this.#asked = true;
  }
}

export default broken("subscribes on its first connection only", {
  subscriptions: (options) => new AskedOnce(options),
});
