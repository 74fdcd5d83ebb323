/** The exchange that an SDK talks to: simulated markets on today's clock, because an SDK signs with the machine's. */

import { incidentClock } from "../../../core/clock.ts";
import { Journal } from "../../../core/journal/journal.ts";
import type { Market } from "../../../mock-exchange/market/market.ts";
import { startExchange, type Exchange } from "../../../mock-exchange/server.ts";

export const credentials = { key: "firedrill-key", secret: "firedrill-secret" } as const;

export interface SdkStage {
  readonly exchange: Exchange;
  readonly journal: Journal;
  /** The same stage, of which only what happens from now on is looked at. */
  fresh(): SdkStage;
  readonly fromSeq: number;
}

/**
 * `venue` is traded on instead of the simulated markets, for tests that have to say where a price goes; `limited: false`
 * is for those that place more orders in a second than Bybit takes.
 */
export async function startSdkStage(options: { venue?: Market; limited?: boolean } = {}): Promise<SdkStage> {
  const clock = incidentClock({ start: Date.now(), compression: 1 });
  const journal = new Journal(clock);
  // As far away as with `firedrill mock exchange`.
  const far = { latencyMs: 5 };
  const exchange = await startExchange({ clock, journal, symbols: [], keys: [credentials], ...far, ...options });
  const from = (fromSeq: number): SdkStage => ({
    ...{ exchange, journal, fromSeq },
    fresh: () => from((journal.view().events.at(-1)?.seq ?? -1) + 1),
  });
  return from(0);
}

/** Waits until somebody's subscription to each of these topics was acknowledged. */
export async function acknowledged({ journal, fromSeq }: SdkStage, ...topics: string[]): Promise<void> {
  const missing = (): boolean => {
    const requests = journal.view().all("exchange.stream-request");
    const granted = new Set(requests.flatMap(({ seq, success, topics: of }) => (success && seq >= fromSeq ? of : [])));
    return topics.some((topic) => !granted.has(topic));
  };
  while (missing()) {
    await new Promise<void>((resolve) => {
      const stop = journal.subscribe(() => {
        stop();
        resolve();
      });
    });
  }
}

/** A price this far from another, on the tick of BTCUSDT's contract. */
export const away = (price: string | number, factor: number): string => (Number(price) * factor).toFixed(1);

/** Far enough below the market that it rests, and so far above that it fills, within what an order's price may be. */
export const restingBuy = 0.97;
export const crossingBuy = 1.005;
