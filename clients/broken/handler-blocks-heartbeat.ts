/**
 * Report E, `[HANDLER_TIMEOUT]`: every frame is dealt with where it is read, by a handler that takes its time. When many
 * come at once, pings and pongs wait behind them.
 */

import { broken } from "../reference/parts.ts";
import type { DataFrame } from "../reference/stream/frame.ts";
import { ConflatingQueue } from "../reference/stream/queue.ts";

const handlerMs = 8;

class HandledAtOnce extends ConflatingQueue {
  override put(frame: DataFrame): void {
    const until = performance.now() + handlerMs;
    while (performance.now() < until) continue;
    super.put(frame);
  }
}

export default broken("handles every frame where it reads it, however long that takes", {
  queue: () => new HandledAtOnce(),
});
