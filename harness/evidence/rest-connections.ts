/** The client's connections to REST, as the exchange saw them, and the requests that it had in hand. */

import type { JournalEvent } from "../../core/journal/event.ts";
import type { JournalView } from "../../core/journal/view.ts";
import { requestsOf } from "./requests.ts";

const endpoint = "exchange-rest";

export const restOpened = (journal: JournalView): JournalEvent<"connection.opened">[] =>
  journal.all("connection.opened").filter((event) => event.endpoint === endpoint);

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

/** The request with which the exchange had more than so many in hand for the first time. */
export function firstAbove(journal: JournalView, many: number): JournalEvent<"exchange.request"> | undefined {
  const steps = requestsOf(journal)
    .flatMap((request) => [
      { request, at: request.receivedAt, step: 1 },
      { request, at: request.at, step: -1 },
    ])
    .toSorted((a, b) => a.at - b.at || a.step - b.step);
  let inHand = 0;
  return steps.find(({ step }) => (inHand += step) > many)?.request;
}
