/** Sends its subscriptions and reads the answers only when they are good news: what was refused is never asked again. */

import { broken } from "../reference/parts.ts";
import { Subscriptions } from "../reference/stream/subscriptions.ts";

class NeverRefused extends Subscriptions {
  protected override refused(): void {
    // Not even logged.
  }
}

export default broken("does not read that a subscription was refused", {
  subscriptions: (options) => new NeverRefused(options),
});
