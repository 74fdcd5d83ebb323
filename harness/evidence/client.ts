/** What became of the client's process: when it had to run, whether it ended without being asked, when it was stopped. */

import { count, formatDuration, minutes } from "../../core/units.ts";
import type { JournalEvent } from "../../core/journal/event.ts";
import type { JournalView } from "../../core/journal/view.ts";
import { endpointNames } from "../incident/endpoints.ts";
import { once } from "./once.ts";
import { streamsOf } from "./streams.ts";

export type Exit = JournalEvent<"client.exited">;

/** The last moment of the client's own doing: when it was asked to stop, ended, or the journal does. */
export const clientEndMs = once((journal: JournalView): number => {
  const end = journal.all("client.stopping", "client.exited", "client.started").at(-1);
  if (end === undefined || end.type === "client.started") return journal.endMs;
  if (end.type === "client.stopping" || !end.expected) return end.at;
  return journal.last("client.stopping")?.at ?? end.at;
});

const crashesOf = once((journal: JournalView): Exit[] =>
  journal.all("client.exited").filter(({ expected }) => !expected),
);

/** The first time from a moment on that it ended by itself. */
export const crashFrom = (journal: JournalView, sinceMs = -Infinity): Exit | undefined =>
  crashesOf(journal).find(({ at }) => at >= sinceMs);

/** Its end by itself in or before a stretch of time, where it was not started again before that. */
export const goneIn = (journal: JournalView, fromMs: number, toMs: number): Exit | undefined =>
  crashesOf(journal).find(
    (exit) => exit.at <= toMs && journal.first("client.started", ({ at }) => at <= fromMs, exit.at) === undefined,
  );

export const exitText = ({ at, code, signal }: Exit, date: (atMs: number) => string): string =>
  `exited by itself with ${signal ?? `code ${code ?? "unknown"}`} at ${date(at)}`;

/** A client that connected less than this ago is still coming up. */
export const settledMs = minutes(1);

/**
 * It had been started, had come up, and nobody asked it to stop by `untilMs`. A client that crashed had to run all the
 * same. Coming up means to have authenticated a minute ago: how long a program takes to start is not what a scenario is
 * about.
 */
export function hadToRun(journal: JournalView, fromMs: number, untilMs: number): boolean {
  const commands = journal.all("client.started", "client.stopping");
  const last = commands.findLast(({ at }) => at <= fromMs);
  if (last?.type !== "client.started") return false;
  const stopsSoon = commands.some(
    (event) => event.type === "client.stopping" && event.by === "operator" && fromMs < event.at && event.at < untilMs,
  );
  const up = journal.first("connection.authenticated", ({ at }) => at + settledMs <= fromMs, last.at);
  const crash = crashFrom(journal, last.at);
  return !stopsSoon && (up !== undefined || (crash !== undefined && crash.at <= fromMs));
}

/** Whether the client was down by its operator's will, or the run's, at a moment; what ends then is no loss. */
export function operatorOff(journal: JournalView): { at(moment: number): boolean; nextAfter(moment: number): number } {
  const turns = journal.all("client.started", "client.stopping");
  const off = turns.filter((turn) => turn.type === "client.stopping" && turn.by !== "fault");
  return {
    at(moment) {
      const last = turns.findLast(({ at }) => at <= moment);
      return last?.type === "client.stopping" && last.by !== "fault";
    },
    nextAfter: (moment) => off.find(({ at }) => at > moment)?.at ?? Infinity,
  };
}

/** The operator asked it to stop: when all of it was over, and what went wrong. */
export interface Stop {
  asked: JournalEvent<"client.stopping">;
  /** Undefined where something was never over. */
  overAt: number | undefined;
  /** In words; empty where nothing was wrong. */
  wrong: string[];
  exit: Exit | undefined;
  leftBehind: JournalEvent<"client.left-behind">[];
}

export const stopsOf = (journal: JournalView): Stop[] =>
  journal.all("client.stopping").flatMap((asked) => (asked.by === "operator" ? [stopOf(journal, asked)] : []));

function stopOf(journal: JournalView, asked: Stop["asked"]): Stop {
  const exit = journal.all("client.exited").find(({ seq }) => seq > asked.seq);
  if (exit === undefined) return { asked, exit, overAt: undefined, wrong: ["its process never ended"], leftBehind: [] };
  const leftBehind = journal.all("client.left-behind").filter(({ seq }) => seq > asked.seq && seq < exit.seq);
  const open = endpointNames
    .flatMap((endpoint) => streamsOf(journal, endpoint))
    .filter(({ opened, closed }) => opened.seq < asked.seq && (closed?.seq ?? Infinity) >= asked.seq)
    .toSorted((a, b) => a.opened.seq - b.opened.seq);
  const stayed = open.filter(({ closed }) => closed === undefined).map(({ connection }) => connection);
  const killed = `its process went on until it was killed after ${formatDuration(exit.at - asked.at)}`;
  const wrong = [
    ...(exit.signal === "SIGKILL" ? [killed] : []),
    ...(leftBehind.length > 0 ? [`it left ${count(leftBehind.length, "process", "processes")} running`] : []),
    ...(stayed.length > 0 ? [`${stayed.join(", ")} stayed open`] : []),
  ];
  const overAt = Math.max(exit.at, ...open.map(({ closed }) => closed?.at ?? exit.at));
  return { asked, exit, leftBehind, wrong, overAt: wrong.length > 0 ? undefined : overAt };
}
