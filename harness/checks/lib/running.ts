/** What became of the client's process: when it had to run, and whether it ended without being asked. */

import type { JournalEvent } from "../../../core/journal/event.ts";
import type { JournalView } from "../../../core/journal/view.ts";
import type { Setting } from "../../check.ts";

/** It had been started and nobody had asked it to stop. A client that crashed had to run all the same. */
export function hadToRunAt(journal: JournalView, atMs: number): boolean {
  const last = journal.all("client.started", "client.stopping").findLast(({ at }) => at <= atMs);
  return last?.type === "client.started";
}

type Exit = JournalEvent<"client.exited">;

/** The first time from a moment on that it ended by itself. */
export const crashFrom = (journal: JournalView, sinceMs: number): Exit | undefined =>
  journal.first("client.exited", ({ expected }) => !expected, sinceMs);

export const exitText = ({ at, code, signal }: Exit, setting: Setting): string =>
  `exited by itself with ${signal ?? `code ${code ?? "unknown"}`} at ${setting.date(at)}`;
