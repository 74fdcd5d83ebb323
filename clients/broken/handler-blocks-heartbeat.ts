/**
 * Report E, `[HANDLER_TIMEOUT]`: every frame is dealt with where it is read, by a handler that takes its time. When many
 * come at once, pings and pongs wait behind them.
 */

import { broken } from "../reference/parts.ts";
import type { MarketQueue } from "../reference/stream/queue.ts";

const handlerMs = 8;

class NoQueue implements MarketQueue {
  readonly size = 0;
  readonly dropped = 0;

  put(): void {
    const until = performance.now() + handlerMs;
    while (performance.now() < until) continue;
  }

  take(): undefined {
    return undefined;
  }

  clear(): void {
    return undefined;
  }
}

export default broken("handles every frame where it reads it, however long that takes", { queue: () => new NoQueue() });
