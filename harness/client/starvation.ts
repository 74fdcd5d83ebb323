/**
 * The client's wait for a CPU goes to the journal: that of the main thread of each of its processes, which is where a
 * client's timers and handlers run. Which of them an answer depends on is not known, so each excuses it, and so does what
 * they take from each other.
 */

import type { Clock } from "../../core/clock.ts";
import type { JournalSink } from "../../core/journal/event.ts";
import type { Threads } from "../../core/threads.ts";
import { watchCpuWait } from "../process/cpu-wait.ts";

declare module "../../core/journal/event.ts" {
  interface EventMap {
    /** Since the last such event the client was ready to run for that long without getting a CPU. */
    "client.starved": { wallMs: number; incidentMs: number };
  }
}

/** @returns The way to stop watching. */
export function watchStarvation(pids: () => readonly number[], clock: Clock, journal: JournalSink): () => void {
  const mainThreads = (): Threads[] => pids().map((pid) => ({ pid, tid: pid }));
  return watchCpuWait(mainThreads, (wallMs) => {
    journal.write("client.starved", { wallMs, incidentMs: wallMs * clock.compression });
  });
}
