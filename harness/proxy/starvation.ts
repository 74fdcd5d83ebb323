/** The proxy's wait for a CPU goes to the journal, where its threads are on this machine and known. */

import type { Clock } from "../../core/clock.ts";
import type { JournalSink } from "../../core/journal/event.ts";
import { watchCpuWait } from "../process/cpu-wait.ts";
import type { Engine } from "./engine.ts";

declare module "../../core/journal/event.ts" {
  interface EventMap {
    /** Since the last such event the proxy was ready to run for that long without getting a CPU. */
    "proxy.starved": { wallMs: number; incidentMs: number };
  }
}

/** @returns The way to stop watching. */
export function watchProxy({ threads }: Pick<Engine, "threads">, clock: Clock, journal: JournalSink): () => void {
  if (threads === undefined) return () => undefined;
  return watchCpuWait(
    () => [threads],
    (wallMs) => {
      journal.write("proxy.starved", { wallMs, incidentMs: wallMs * clock.compression });
    },
  );
}
