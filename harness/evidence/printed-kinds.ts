/**
 * What a client printed, by kind: lines that differ in numbers, dates and symbols only are of one. A client says of fifteen
 * symbols that they failed, and that is one thing said fifteen times.
 */

import type { JournalEvent } from "../../core/journal/event.ts";
import type { JournalView } from "../../core/journal/view.ts";

export interface PrintedKind {
  kind: string;
  /** When each was printed, incident ms, in order; between the first and the last of a count they are spread evenly. */
  lines: readonly PrintedLine[];
}

export interface PrintedLine {
  at: number;
  event: JournalEvent<"client.printed">;
}

/** Lines that were too many in a minute to be looked at one by one are not here. */
export function printedKinds(journal: JournalView, symbols: readonly string[]): PrintedKind[] {
  const kinds = new Map<string, PrintedLine[]>();
  for (const event of journal.all("client.printed")) {
    if (event.line === null) continue;
    const kind = symbols.reduce((text, symbol) => text.replaceAll(symbol, "…"), event.line);
    const lines = kinds.get(kind);
    if (lines === undefined) kinds.set(kind, linesOf(event));
    else lines.push(...linesOf(event));
  }
  return [...kinds].map(([kind, lines]) => ({ kind, lines: lines.toSorted((a, b) => a.at - b.at) }));
}

function linesOf(event: JournalEvent<"client.printed">): PrintedLine[] {
  const { times, spanMs } = event;
  const firstMs = event.at - event.agoMs;
  return Array.from({ length: times }, (_, n) => ({
    at: firstMs + (times === 1 ? 0 : (spanMs * n) / (times - 1)),
    event,
  }));
}

/** How many lines nobody has looked at one by one, since then. */
export const uncountedLines = (journal: JournalView, sinceMs: number): number =>
  journal
    .all("client.printed")
    .filter(({ line, at }) => line === null && at >= sinceMs)
    .reduce((sum, { times }) => sum + times, 0);
