/**
 * The order books that a client reports (telemetry `book`), held against what the exchange knows of the same state, by
 * topic and `seq`. A book that the client calls unsynced is not read by anybody and so neither right nor wrong. One that
 * stands still is wrong, however right it was once.
 */

import { seconds } from "../../core/units.ts";
import type { JournalView } from "../../core/journal/view.ts";
import { once } from "./once.ts";
import { reportsOf, type Report } from "./telemetry.ts";

export interface ReportedBook {
  event: Report<"book">["event"];
  at: number;
  topic: string;
  synced: boolean;
  /** Best prices; NaN where it has none. */
  bid: number;
  ask: number;
  /** Whether it has the exchange's checksum and is not out of date; undefined where it is unsynced or the exchange knows nothing of that state. */
  equal: boolean | undefined;
}

/** A book is behind by what the network and its reader need, and no more. */
const staleMs = seconds(10);

interface State {
  checksum: number;
  /** When the exchange's book went on from it; Infinity for the newest. */
  replacedAt: number;
}

/** What the exchange's books were, by topic and `seq`. */
function truthOf(journal: JournalView): ReadonlyMap<string, State> {
  const states = new Map<string, State>();
  const newest = new Map<string, State>();
  for (const { topic, seq, checksum, at } of journal.all("exchange.book")) {
    const before = newest.get(topic);
    if (before !== undefined) before.replacedAt = at;
    const state = { checksum, replacedAt: Infinity };
    newest.set(topic, state);
    states.set(`${topic} ${seq}`, state);
  }
  return states;
}

export const reportedBooks = once((journal: JournalView): ReportedBook[] => {
  const truth = truthOf(journal);
  return reportsOf(journal, "book").map(({ event, at, data: { topic, seq, synced, checksum, bid, ask } }) => {
    const known = synced ? truth.get(`${topic} ${seq}`) : undefined;
    const equal = known === undefined ? undefined : known.checksum === checksum && at - known.replacedAt <= staleMs;
    return { event, at, topic, synced, bid: Number(bid ?? NaN), ask: Number(ask ?? NaN), equal };
  });
});
