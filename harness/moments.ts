/** Moments that scenarios wait for, in words a trader would use. */

import type { JournalEvent } from "../core/journal/event.ts";
import type { Moment } from "./scenario.ts";

/** The client is connected, authenticated, and has been sent the server's buffer of signals. */
export const initialBatch: Moment = {
  what: "it had the initial batch of signals",
  watch: () => (event) => event.type === "signal.sent" && event.what === "initial-batch",
};

/** Every signal of a wave that is for this client has an order. */
export function waveTraded(wave: string): Moment {
  const timestamp = new Date(wave).toISOString();
  return {
    what: `it had traded the wave ${timestamp}`,
    watch(past) {
      const pending = new Set<string>();
      let ordered = false;
      const look = (event: JournalEvent): boolean => {
        if (event.type === "signal.appeared" && event.signal.timestamp === timestamp) {
          if (event.signal.exchange === "bybit") pending.add(`${event.signal.side} ${event.signal.symbol}`);
        } else if (event.type === "exchange.order") {
          ordered = pending.delete(`${event.side} ${event.symbol}`) || ordered;
        }
        return ordered && pending.size === 0;
      };
      past.events.forEach(look);
      return look;
    },
  };
}
