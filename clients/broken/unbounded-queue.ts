/**
 * Everything that comes in waits for its turn, however much that is, with the row that a slow handler will write of it.
 * At the usual rate it keeps up; at ten times that its memory grows for as long as it lasts.
 */

import { setTimeout as sleep } from "node:timers/promises";
import { broken } from "../reference/parts.ts";
import type { DataFrame } from "../reference/stream/frame.ts";
import type { MarketQueue, Update } from "../reference/stream/queue.ts";

const handlerMs = 150;

class KeepsEverything implements MarketQueue {
  readonly #waiting: { frame: DataFrame; row: string }[] = [];
  readonly dropped = 0;

  put(frame: DataFrame): void {
    this.#waiting.push({ frame, row: JSON.stringify(frame) });
  }

  take(): Update | undefined {
    const next = this.#waiting.shift();
    return next === undefined ? undefined : { topic: next.frame.topic, frames: [next.frame] };
  }

  get size(): number {
    return this.#waiting.length;
  }

  clear(): void {
    this.#waiting.length = 0;
  }
}

export default broken("lets everything that comes in wait for a slow handler, without a bound", {
  queue: () => new KeepsEverything(),
  handler: (market) => async (update) => {
    await sleep(handlerMs);
    await market.handle(update);
  },
});
