/** A topic that is refused is asked for again at once, twenty times a second, for as long as it is refused. */

import { broken } from "../reference/parts.ts";
import { Subscriptions } from "../reference/stream/subscriptions.ts";

const everyMs = 50;
const atOnce = { next: () => everyMs, lasted: () => undefined };

export default broken("asks for a refused topic again every 50 ms", {
  subscriptions: (options) => new Subscriptions({ ...options, backoff: () => atOnce }),
});
