/** What became of the client's process: when it had to run, and whether it ended without being asked. */

import type { JournalEvent } from "../../../core/journal/event.ts";
import type { JournalView } from "../../../core/journal/view.ts";
import { minutes } from "../../../core/units.ts";
import type { Setting } from "../../check.ts";

/** A client that connected less than this ago is still coming up. */
export const settledMs = minutes(1);

/**
 * It had been started, had come up, and nobody asked it to stop by `untilMs`. A client that crashed had to run all the
 * same. Coming up means to have authenticated a minute ago: a program's start takes wall time, which at x300 is minutes
 * of incident, and is not what a scenario is about.
 */
export function hadToRun(journal: JournalView, fromMs: number, untilMs: number): boolean {
  const commands = journal.all("client.started", "client.stopping");
  const last = commands.findLast(({ at }) => at <= fromMs);
  if (last?.type !== "client.started") return false;
  const stopsSoon = commands.some(
    (event) => event.type === "client.stopping" && event.by === "operator" && fromMs < event.at && event.at < untilMs,
  );
  const up = journal.first("connection.authenticated", ({ at }) => at + settledMs <= fromMs, last.at);
  const crashed = journal.first("client.exited", ({ expected, at }) => !expected && at <= fromMs, last.at);
  return !stopsSoon && (up !== undefined || crashed !== undefined);
}

type Exit = JournalEvent<"client.exited">;

/** The first time from a moment on that it ended by itself. */
export const crashFrom = (journal: JournalView, sinceMs: number): Exit | undefined =>
  journal.first("client.exited", ({ expected }) => !expected, sinceMs);

export const exitText = ({ at, code, signal }: Exit, setting: Setting): string =>
  `exited by itself with ${signal ?? `code ${code ?? "unknown"}`} at ${setting.date(at)}`;
