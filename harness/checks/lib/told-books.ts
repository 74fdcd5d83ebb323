/**
 * What a client tells of its order books (telemetry `book`), held against what the exchange knows of the same state, by
 * topic and `seq`. A book that the client calls unsynced is not read by anybody and so neither right nor wrong.
 */

import type { JournalEvent } from "../../../core/journal/event.ts";
import type { JournalView } from "../../../core/journal/view.ts";

export interface ToldBook {
  event: JournalEvent<"client.telemetry">;
  at: number;
  topic: string;
  seq: number;
  synced: boolean;
  /** Best prices; NaN where it has none. */
  bid: number;
  ask: number;
  /** Whether it has the exchange's checksum; undefined where it is unsynced or the exchange told nothing of that state. */
  equal: boolean | undefined;
}

export function toldBooks(journal: JournalView): ToldBook[] {
  const truth = new Map(journal.all("exchange.book").map(({ topic, seq, checksum }) => [`${topic} ${seq}`, checksum]));
  return journal.all("client.telemetry").flatMap((event) => {
    const { topic, seq, synced, checksum, bid, ask } = event.data;
    if (event.event !== "book" || typeof topic !== "string" || typeof seq !== "number") return [];
    const known = synced === true ? truth.get(`${topic} ${seq}`) : undefined;
    const equal = known === undefined ? undefined : known === checksum;
    const [bidPrice, askPrice] = [Number(bid ?? NaN), Number(ask ?? NaN)];
    return [{ event, at: event.at, topic, seq, synced: synced === true, bid: bidPrice, ask: askPrice, equal }];
  });
}
