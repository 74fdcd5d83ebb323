/**
 * A client's dials to a stream endpoint and what became of each, from the server's side; with those that the kernel
 * refused because the port was closed, where the machine shows them, they are its attempts.
 */

import type { JournalEvent } from "../../core/journal/event.ts";
import type { JournalView } from "../../core/journal/view.ts";
import { once } from "./once.ts";

export interface Dial {
  /** The line where it came in. */
  dialled: JournalEvent<"connection.dialled">;
  connection: string;
  path: string;
  at: number;
  outcome: "opened" | "refused" | "given-up" | "waiting";
  /** The line that decided that; undefined while it waits. */
  ended: JournalEvent | undefined;
  /** Its connection is gone and never was a stream. */
  gone: JournalEvent<"connection.dial-ended"> | undefined;
}

/** In the order they came in. */
export const dialsOf = once((journal: JournalView, endpoint: string): Dial[] => {
  const dials = new Map<string, Dial>();
  for (const event of journal.events) {
    if (!("endpoint" in event) || event.endpoint !== endpoint || !("connection" in event)) continue;
    const { connection, at } = event;
    const dial = dials.get(connection);
    if (event.type === "connection.dialled") {
      const waits = { outcome: "waiting", ended: undefined, gone: undefined } as const;
      dials.set(connection, { dialled: event, connection, path: "", at, ...waits });
    } else if (dial !== undefined) {
      if (event.type === "connection.upgrade-requested") dial.path = event.path;
      if (event.type === "connection.dial-ended") dial.gone = event;
      const outcome = outcomeOf(event);
      if (outcome !== undefined && dial.outcome === "waiting") Object.assign(dial, { outcome, ended: event });
    }
  }
  return [...dials.values()];
});

function outcomeOf(event: JournalEvent): Dial["outcome"] | undefined {
  if (event.type === "connection.opened") return "opened";
  if (event.type === "connection.upgrade-refused") return "refused";
  if (event.type === "connection.dial-ended") return event.by === "server" ? "refused" : "given-up";
  return undefined;
}

export interface Attempt {
  at: number;
  /** The line where it came in. */
  event: JournalEvent;
  /** It became no stream, as far as is known. */
  failed: boolean;
}

/** In order of time. */
export const attemptsOf = once((journal: JournalView, endpoint: string): Attempt[] => {
  const seen = dialsOf(journal, endpoint).map(({ at, dialled, outcome }) => {
    return { at, event: dialled, failed: outcome !== "opened" };
  });
  const refused = journal
    .all("proxy.dial-refused")
    .filter((event) => event.endpoint === endpoint)
    .map((event) => ({ at: event.at, event, failed: true }));
  return [...seen, ...refused].toSorted((a, b) => a.at - b.at);
});
