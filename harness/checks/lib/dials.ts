/**
 * A client's dials to a stream endpoint and what became of each: a stream, a refusal, given up by the client, or still
 * waiting. From the server's side.
 */

import type { JournalEvent } from "../../../core/journal/event.ts";
import type { JournalView } from "../../../core/journal/view.ts";

export interface Dial {
  /** The line where it came in. */
  dialled: JournalEvent<"connection.dialled">;
  /** Its connection's name. */
  connection: string;
  at: number;
  outcome: "opened" | "refused" | "given-up" | "waiting";
  /** When that was decided; undefined while it waits. */
  endedAt: number | undefined;
}

/** In the order they came in. */
export function dialsOf(journal: JournalView, endpoint: string): Dial[] {
  const dials = new Map<string, Dial>();
  for (const event of journal.events) {
    if (!("endpoint" in event) || event.endpoint !== endpoint || !("connection" in event)) continue;
    if (event.type === "connection.dialled") {
      const { connection, at } = event;
      dials.set(connection, { dialled: event, connection, at, outcome: "waiting", endedAt: undefined });
      continue;
    }
    const dial = dials.get(event.connection);
    const outcome = outcomeOf(event);
    if (dial?.outcome === "waiting" && outcome !== undefined) Object.assign(dial, { outcome, endedAt: event.at });
  }
  return [...dials.values()];
}

function outcomeOf(event: JournalEvent): Dial["outcome"] | undefined {
  if (event.type === "connection.opened") return "opened";
  if (event.type === "connection.upgrade-refused") return "refused";
  if (event.type === "connection.dial-ended") return event.by === "server" ? "refused" : "given-up";
  return undefined;
}
