/**
 * What came after a fault's landing. A line of the embedded engine comes a moment after what it reports, and a mock's line
 * of the same end may have overtaken it: there, the moment counts, and of two lines about a connection the first.
 */

import type { JournalEvent } from "../../../core/journal/event.ts";
import type { JournalView } from "../../../core/journal/view.ts";

/** @param proof The line that `fault.landed` names. */
export function afterLanding(journal: JournalView, proof: number): (event: JournalEvent) => boolean {
  const proven = journal.line(proof);
  const seenAtMs = proven === undefined ? Infinity : seenFirst(journal, proven);
  return ({ seq, at }) => seq >= proof || at >= seenAtMs;
}

/** The engine reports an end when both sides are gone, and of the toxic that made it before it acts. */
function seenFirst(journal: JournalView, proven: JournalEvent): number {
  if (proven.type === "proxy.toxic-hit") return proven.seenAtMs;
  if (proven.type !== "proxy.connection-closed") return Infinity;
  const hit = journal
    .all("proxy.toxic-hit")
    .find(({ toxic, connection }) => toxic === proven.toxic && connection === proven.connection);
  return hit?.seenAtMs ?? proven.seenAtMs;
}
