/** The newest of each symbol, for whoever decides on it. What it holds is of no importance; that it is dealt with is. */

import type { Update } from "./queue.ts";
import type { MarketHandler } from "./worker.ts";

export class LatestMarket {
  readonly #frames = new Map<string, Update["frames"][number]>();

  readonly handle: MarketHandler = ({ topic, frames }) => {
    const newest = frames.at(-1);
    if (newest !== undefined) this.#frames.set(topic, newest);
  };

  newest(topic: string): Update["frames"][number] | undefined {
    return this.#frames.get(topic);
  }
}
