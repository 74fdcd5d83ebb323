/**
 * What the market sent and nobody has dealt with yet. There is one place a topic, so a handler that is slow gets the
 * newest of it instead of everything there was; of trades, which nothing newer makes good, it keeps the last ones.
 */

import type { DataFrame } from "./frame.ts";

export interface Update {
  topic: string;
  /** The newest frame, or for topics whose frames add up, the last ones. */
  frames: DataFrame[];
}

export interface MarketQueue {
  put(frame: DataFrame): void;
  take(): Update | undefined;
  /** Frames waiting. */
  readonly size: number;
  /** Frames that were never dealt with, because newer ones came. */
  readonly dropped: number;
  clear(): void;
}

const mostFrames = 100;
/** Tickers are deltas: each says only what changed. */
const addUp = /^(publicTrade|allLiquidation|tickers)\./;

export class ConflatingQueue implements MarketQueue {
  readonly #updates = new Map<string, Update>();
  dropped = 0;

  put(frame: DataFrame): void {
    const { topic } = frame;
    const waiting = this.#updates.get(topic);
    if (waiting === undefined) this.#updates.set(topic, { topic, frames: [frame] });
    else if (addUp.test(topic) && waiting.frames.length < mostFrames) waiting.frames.push(frame);
    else {
      waiting.frames.shift();
      waiting.frames.push(frame);
      this.dropped += 1;
    }
  }

  take(): Update | undefined {
    const [first] = this.#updates.values();
    if (first !== undefined) this.#updates.delete(first.topic);
    return first;
  }

  get size(): number {
    let size = 0;
    for (const { frames } of this.#updates.values()) size += frames.length;
    return size;
  }

  clear(): void {
    this.#updates.clear();
  }
}
