/** `retry_after` is read as milliseconds, which it was years ago: 30 s become 30 ms. */

import { AlertQueue } from "../reference/alerts/alert-queue.ts";
import { broken } from "../reference/parts.ts";

class InMilliseconds extends AlertQueue {
  // Its least wait is a second, or it would ask a thousand times.
  protected override limited = (waitMs: number): Promise<void> => super.limited(Math.max(waitMs / 1_000, 1_000));
}

export default broken("reads the seconds of a 429 as milliseconds", {
  alerts: (options) => new InMilliseconds(options),
});
