/**
 * What the reference client is made of. A broken client is the same with one part replaced, which is how it has
 * exactly one defect.
 */

import { ReconnectingFeed, type FeedOptions, type SignalFeed } from "./signals/feed.ts";
import { utcWaves, type WaveSchedule } from "./signals/waves.ts";
import { OncePerSignal, type Trader, type TraderOptions } from "./trading/trader.ts";

export interface Parts {
  feed(options: FeedOptions): SignalFeed;
  waves: WaveSchedule;
  trader(options: TraderOptions): Trader;
}

export const referenceParts: Parts = {
  feed: (options) => new ReconnectingFeed(options),
  waves: utcWaves,
  trader: (options) => new OncePerSignal(options),
};

/** A shipped client, by default export of its file. */
export interface ClientDefinition {
  /** One line; for a broken client, its defect. */
  summary: string;
  roles: readonly string[];
  parts: Parts;
}

/** The roles that the reference client, and so every client derived from it, plays. */
export const referenceRoles = ["signals", "trading"] as const;

/** The reference client with some part replaced. */
export const broken = (defect: string, parts: Partial<Parts>): ClientDefinition => ({
  summary: defect,
  roles: referenceRoles,
  parts: { ...referenceParts, ...parts },
});
