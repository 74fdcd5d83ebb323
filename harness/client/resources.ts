/**
 * How much memory the client's process holds, as the kernel counts it (Linux): sampled from outside, so that a client
 * needs to know nothing of it. Only the process that was started; its children are not counted.
 */

import { readFile } from "node:fs/promises";
import { wallClock } from "../../core/clock.ts";
import type { JournalSink } from "../../core/journal/event.ts";

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
  let stopped = false;
  const sample = async (): Promise<void> => {
    const rssBytes = await residentBytes(pid);
    if (rssBytes !== undefined && !stopped) journal.write("client.resources", { rssBytes });
  };
  const timer = wallClock.every(sampleMs, () => void sample());
  return () => {
    stopped = true;
    timer.cancel();
  };
}

/** Undefined where the system does not tell, or the process is gone. */
async function residentBytes(pid: number): Promise<number | undefined> {
  try {
    const status = await readFile(`/proc/${pid}/status`, "utf8");
    const [, kibs] = /^VmRSS:\s+(\d+) kB$/m.exec(status) ?? [];
    return kibs === undefined ? undefined : Number(kibs) * kib;
  } catch {
    return undefined;
  }
}
