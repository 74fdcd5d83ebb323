/** The public streams: one listener, a hub for each category, moved by the market's steps. */

import type { Clock } from "../../../core/clock.ts";
import type { JournalSink } from "../../../core/journal/event.ts";
import { loadFolder } from "../../../core/load-folder.ts";
import type { Random } from "../../../core/random.ts";
import type { MarketData } from "../../market/market-data.ts";
import type { Category } from "../../market/market.ts";
import { startStreamListener, type StreamListener, type StreamListenerOptions } from "../listener.ts";
import { BookWitness } from "./book-witness.ts";
import { Hub } from "./hub.ts";
import { PublicSession } from "./session.ts";
import { systemStatus } from "./status-topic.ts";
import type { TopicKind } from "./topic.ts";

export interface PublicStreamOptions {
  clock: Clock;
  journal: JournalSink;
  random: Random;
  market: MarketData;
  port?: number;
  maxBufferedBytes?: number;
  admits?: StreamListenerOptions["admits"];
  latencyMs?: number | undefined;
  /** Whether every state of every book is journaled as a checksum. */
  witnessBooks?: boolean | undefined;
}

const categories: readonly Category[] = ["spot", "linear", "inverse", "option"];

export async function startPublicStream(options: PublicStreamOptions): Promise<StreamListener> {
  const { clock, market } = options;
  const witness = options.witnessBooks === true ? new BookWitness(options.journal) : undefined;
  const loaded = await loadFolder<TopicKind>(new URL("./topics/", import.meta.url));
  const kinds = new Map(loaded.map(({ value }) => [value.name, value]));
  const hubs = new Map<string, Hub>(
    categories.map((category) => [`/v5/public/${category}`, new Hub(category, kinds, market, witness)]),
  );
  // Not of one category; it answers as the contracts' streams do.
  hubs.set("/v5/public/misc/status", new Hub("linear", new Map([[systemStatus.name, systemStatus]]), market));
  const stop = market.onStep(
    (step) => {
      for (const hub of hubs.values()) hub.step(step);
    },
    () => [...hubs.values()].some(({ hasSubscribers }) => hasSubscribers),
  );
  const listener = await startStreamListener({
    ...options,
    endpoint: "exchange-public",
    idSuffix: "8f1rr",
    sessionFor: (path) => {
      const hub = hubs.get(path);
      return hub === undefined ? undefined : (socket) => new PublicSession(socket, hub, clock);
    },
    snapshotOf: (path, topic) => hubs.get(path)?.snapshot(topic),
  });
  return {
    ...listener,
    async close() {
      stop();
      await listener.close();
    },
  };
}
