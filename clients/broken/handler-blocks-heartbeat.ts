/**
 * Report E, `[HANDLER_TIMEOUT]`: every frame is dealt with where it is read, by a handler that takes its time, as one that
 * writes to a disk and waits for it. When many come at once, pings and pongs wait behind them.
 */

import { broken } from "../reference/parts.ts";
import type { DataFrame } from "../reference/stream/frame.ts";
import { ConflatingQueue } from "../reference/stream/queue.ts";

const handlerMs = 8;
const never = new Int32Array(new SharedArrayBuffer(4));

class HandledAtOnce extends ConflatingQueue {
  override put(frame: DataFrame): void {
    // Blocks the event loop without computing.
    Atomics.wait(never, 0, 0, handlerMs);
    super.put(frame);
  }
}

export default broken("handles every frame where it reads it, however long that takes", {
  queue: () => new HandledAtOnce(),
});
