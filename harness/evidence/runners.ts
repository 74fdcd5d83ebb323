/**
 * The lives of a client's runner, the child process that market data comes from, as the kernel's list and the faults saw
 * them. A moment is known to a sample of that list, which is wall time.
 */

import type { JournalEvent } from "../../core/journal/event.ts";
import type { JournalView } from "../../core/journal/view.ts";
import { faultsOf, type FaultSpan } from "./faults.ts";
import { once } from "./once.ts";

export interface Life {
  pid: number;
  startedAt: number;
  /** Where it was not seen to end, Infinity. */
  endedAt: number;
  /** The event that shows its start, and its end where there is one. */
  born: JournalEvent;
  died: JournalEvent | undefined;
}

/** In the order they started. A child is known by a part of what it runs; its wrapper (a shell) is not a second one. */
export const livesOf = once((journal: JournalView, child: string): Life[] => {
  const lives = new Map<number, Life>();
  for (const event of journal.all("client.child-started", "client.child-ended", "client.process")) {
    const { pid, at } = event;
    if (!event.command.includes(child)) continue;
    const life = lives.get(pid);
    const gone = event.type === "client.child-ended" || (event.type === "client.process" && event.state === "gone");
    if (life === undefined) {
      const wrapped = event.type === "client.child-started" && lives.has(event.parentPid);
      if (!gone && !wrapped) lives.set(pid, { pid, startedAt: at, endedAt: Infinity, born: event, died: undefined });
    } else if (gone && life.died === undefined) lives.set(pid, { ...life, endedAt: at, died: event });
  }
  // One that only the fault saw that killed it, and whose end nobody saw, ended there and then.
  for (const [pid, life] of lives) {
    if (life.born.type === "client.process" && life.died === undefined)
      lives.set(pid, { ...life, endedAt: life.startedAt });
  }
  return [...lives.values()].toSorted((a, b) => a.startedAt - b.startedAt);
});

export interface Killing {
  fault: FaultSpan;
  /** Those that the fault ended, at least one. */
  victims: readonly [Life, ...Life[]];
}

/** What each fault that kills ended of the runner's lives. */
export function killingsOf(journal: JournalView, child: string): Killing[] {
  const lives = livesOf(journal, child);
  return faultsOf(journal)
    .filter(({ name }) => name === "process.kill")
    .flatMap((fault) => {
      const [first, ...more] = lives.filter((life) => fault.armedAt <= life.endedAt && life.endedAt <= fault.healedAt);
      return first === undefined ? [] : [{ fault, victims: [first, ...more] as const }];
    });
}
