/** When the client's process was running, from its starts and exits. */

import type { JournalView } from "../../../core/journal/view.ts";

export function runningAt(journal: JournalView, atMs: number): boolean {
  const last = journal.all("client.started", "client.stopping", "client.exited").findLast(({ at }) => at <= atMs);
  return last?.type === "client.started";
}
