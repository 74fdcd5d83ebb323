/**
 * How much memory the largest of the client's processes holds, as the kernel counts it (Linux): sampled from outside, so
 * that a client needs to know nothing of it. Of a shell and the bot that it started, that is the bot; added up, helpers
 * that come and go would look like memory that does.
 */

import { wallClock } from "../../core/clock.ts";
import type { JournalSink } from "../../core/journal/event.ts";
import { readKernel } from "../process/read-kernel.ts";

declare module "../../core/journal/event.ts" {
  interface EventMap {
    /** Resident memory of the client's largest process. */
    "client.resources": { rssBytes: number };
  }
}

const kib = 1_024;

/** @returns The way to stop watching. */
export function watchResources(pids: () => readonly number[], journal: JournalSink, sampleMs: number): () => void {
  const timer = wallClock.every(sampleMs, () => {
    const held = pids().flatMap((pid) => residentBytes(pid) ?? []);
    if (held.length > 0) journal.write("client.resources", { rssBytes: Math.max(...held) });
  });
  return () => timer.cancel();
}

/** Undefined where the system does not show it, or the process is gone. */
function residentBytes(pid: number): number | undefined {
  const [, kibs] = /^VmRSS:\s+(\d+) kB$/m.exec(readKernel(`/proc/${pid}/status`) ?? "") ?? [];
  return kibs === undefined ? undefined : Number(kibs) * kib;
}
