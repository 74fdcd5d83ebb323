/** The client's connections to REST, as the exchange saw them. */

import type { JournalEvent } from "../../../core/journal/event.ts";
import type { JournalView } from "../../../core/journal/view.ts";
import { clientEndMs } from "./fault-times.ts";

const endpoint = "exchange-rest";

export const restOpened = (journal: JournalView): JournalEvent<"connection.opened">[] =>
  journal.all("connection.opened").filter((event) => event.endpoint === endpoint);

/** Those that were reset under the client, by the exchange or the edge in front of it. */
export function restResets(journal: JournalView): JournalEvent<"connection.closed">[] {
  const endMs = clientEndMs(journal);
  return journal
    .all("connection.closed")
    .filter(
      (event) => event.endpoint === endpoint && event.by === "server" && event.how === "reset" && event.at < endMs,
    );
}

/** A stretch in which more than a number were open, from the opening that was too many to the close that ended it. */
export interface TooMany {
  opened: JournalEvent<"connection.opened">;
  untilMs: number;
  most: number;
}

/**
 * The most that were open at once, up to a number, and the stretches above it.
 * @param crossingMs The end of one connection and the start of the next travel apart and may cross: a shorter stretch is
 * none.
 */
export function restAtOnce(
  journal: JournalView,
  atMost: number,
  crossingMs: number,
): { most: number; tooMany: TooMany[] } {
  let open = 0;
  let most = 0;
  let stretch: TooMany | undefined;
  const tooMany: TooMany[] = [];
  for (const event of journal.all("connection.opened", "connection.closed")) {
    if (event.endpoint !== endpoint) continue;
    open += event.type === "connection.opened" ? 1 : -1;
    most = Math.max(most, Math.min(open, atMost));
    if (open > atMost && event.type === "connection.opened") {
      stretch ??= { opened: event, untilMs: journal.endMs, most: open };
      stretch.most = Math.max(stretch.most, open);
    } else if (open <= atMost && stretch !== undefined) {
      tooMany.push({ ...stretch, untilMs: event.at });
      stretch = undefined;
    }
  }
  if (stretch !== undefined) tooMany.push(stretch);
  return { most, tooMany: tooMany.filter(({ opened, untilMs }) => untilMs - opened.at >= crossingMs) };
}
