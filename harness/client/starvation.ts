/** The client's wait for a CPU goes to the journal: its main thread's, which is where a client's timers and handlers run. */

import type { Clock } from "../../core/clock.ts";
import type { JournalSink } from "../../core/journal/event.ts";
import { watchCpuWait } from "../process/cpu-wait.ts";

declare module "../../core/journal/event.ts" {
  interface EventMap {
    /** Since the last such event the client was ready to run for that long without getting a CPU. */
    "client.starved": { wallMs: number; incidentMs: number };
  }
}

/** @returns The way to stop watching. */
export function watchStarvation(pid: number, clock: Clock, journal: JournalSink): () => void {
  return watchCpuWait({ pid, tid: pid }, (wallMs) => {
    journal.write("client.starved", { wallMs, incidentMs: wallMs * clock.compression });
  });
}
