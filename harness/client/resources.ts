/**
 * How much memory the client's process holds, as the kernel counts it (Linux): sampled from outside, so that a client
 * needs to know nothing of it. Only the process that was started; its children are not counted.
 */

import { wallClock } from "../../core/clock.ts";
import type { JournalSink } from "../../core/journal/event.ts";
import { readKernel } from "../process/read-kernel.ts";

declare module "../../core/journal/event.ts" {
  interface EventMap {
    /** Resident memory of the client's process. */
    "client.resources": { rssBytes: number };
  }
}

const sampleMs = 250;
const kib = 1_024;

/** @returns The way to stop watching. */
export function watchResources(pid: number, journal: JournalSink): () => void {
  const timer = wallClock.every(sampleMs, () => {
    const rssBytes = residentBytes(pid);
    if (rssBytes !== undefined) journal.write("client.resources", { rssBytes });
  });
  return () => timer.cancel();
}

/** Undefined where the system does not tell, or the process is gone. */
function residentBytes(pid: number): number | undefined {
  const [, kibs] = /^VmRSS:\s+(\d+) kB$/m.exec(readKernel(`/proc/${pid}/status`) ?? "") ?? [];
  return kibs === undefined ? undefined : Number(kibs) * kib;
}
