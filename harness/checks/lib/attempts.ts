/**
 * Every attempt of a client to reach a stream endpoint, with whether it failed: dials that the server saw, and those
 * that the kernel refused because the port was closed, where the machine shows them.
 */

import type { JournalEvent } from "../../../core/journal/event.ts";
import type { JournalView } from "../../../core/journal/view.ts";
import { dialsOf } from "./dials.ts";

export interface Attempt {
  at: number;
  /** The line where it came in. */
  event: JournalEvent;
  /** It became no stream, as far as is known. */
  failed: boolean;
}

/** In order of time. */
export function attemptsOf(journal: JournalView, endpoint: string): Attempt[] {
  const seen = dialsOf(journal, endpoint).map(({ at, dialled, outcome }) => {
    return { at, event: dialled, failed: outcome !== "opened" };
  });
  const refused = journal
    .all("proxy.dial-refused")
    .filter((event) => event.endpoint === endpoint)
    .map((event) => ({ at: event.at, event, failed: true }));
  return [...seen, ...refused].toSorted((a, b) => a.at - b.at);
}
