/** For tests of stream faults: an exchange on simulated markets, bare clients, and a journal to wait on. */

import { incidentClock, type Clock } from "../../core/clock.ts";
import type { EventType, JournalEvent } from "../../core/journal/event.ts";
import { Journal } from "../../core/journal/journal.ts";
import { hours } from "../../core/units.ts";
import { startExchange, type Exchange } from "../server.ts";
import type { StreamRule } from "../stream/faults/rule.ts";
import type { StreamName } from "../stream/faults/action.ts";
import { key } from "./exchange.ts";
import { RawClient } from "./raw-client.ts";

export interface FaultStage {
  readonly exchange: Exchange;
  readonly clock: Clock;
  readonly journal: Journal;
  /** A dialled client; `opened()` waits for its upgrade. */
  dial(stream?: StreamName): RawClient;
  arm(
    stream: StreamName,
    action: StreamRule["action"],
    match?: StreamRule["match"],
    rest?: Partial<StreamRule>,
  ): { id: string; disarm(): void };
  all<T extends EventType>(type: T): JournalEvent<T>[];
  /** The first event that fits, past or future. */
  seen<T extends EventType>(type: T, fits?: (event: JournalEvent<T>) => boolean): Promise<JournalEvent<T>>;
  close(): Promise<void>;
}

export async function openFaultStage(compression = 60): Promise<FaultStage> {
  const clock = incidentClock({ start: "2025-10-21T22:52:56Z", compression });
  const journal = new Journal(clock);
  const exchange = await startExchange({ clock, journal, symbols: ["BTCUSDT"], keys: [key], marketStepMs: 1_000 });
  const clients: RawClient[] = [];
  const urls = {
    public: `${exchange.publicUrl}/v5/public/linear`,
    private: exchange.privateUrl,
    trade: exchange.tradeUrl,
  };
  return {
    ...{ exchange, clock, journal },
    dial(stream = "public") {
      const client = new RawClient(urls[stream]);
      clients.push(client);
      return client;
    },
    arm: (stream, action, match = {}, rest = {}) =>
      exchange.faults[stream].arm({ match, action, ttlMs: hours(1), ...rest }),
    all: (type) => journal.view().all(type),
    seen: <T extends EventType>(type: T, fits: (event: JournalEvent<T>) => boolean = () => true) =>
      new Promise<JournalEvent<T>>((resolve) => {
        const there = journal.view().first(type, fits);
        if (there !== undefined) {
          resolve(there);
          return;
        }
        const stop = journal.subscribe((event) => {
          const wanted = event as unknown as JournalEvent<T>;
          if (event.type !== type || !fits(wanted)) return;
          stop();
          resolve(wanted);
        });
      }),
    async close() {
      for (const { socket } of clients) socket.destroy();
      await exchange.close();
    },
  };
}
