/**
 * When the client was up: started, and connected at least once since. A program's start takes wall time, which at x300
 * is minutes of incident, and is not what a scenario is about.
 */

import type { JournalView } from "../../../core/journal/view.ts";

export function upAt(journal: JournalView, atMs: number): boolean {
  const last = journal.all("client.started", "client.stopping", "client.exited").findLast(({ at }) => at <= atMs);
  if (last?.type !== "client.started") return false;
  return journal.first("connection.authenticated", ({ at }) => at <= atMs, last.at) !== undefined;
}
