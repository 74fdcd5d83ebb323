/**
 * How long the client's process had to wait for a CPU, from the kernel's own accounting (Linux). A client that is
 * starved by this machine is late through no fault of its own, and at x300 a wait of 100 ms is half a minute.
 */

import { readdir, readFile } from "node:fs/promises";
import { wallClock, type Clock } from "../../core/clock.ts";
import type { JournalSink } from "../../core/journal/event.ts";

declare module "../../core/journal/event.ts" {
  interface EventMap {
    /** Since the last such event the client was ready to run for that long without getting a CPU. */
    "client.starved": { wallMs: number; incidentMs: number };
  }
}

const sampleMs = 50;
/** Less is ordinary scheduling, and would fill the journal. */
const notableMs = 10;

/** @returns The way to stop watching. */
export function watchStarvation(pid: number, clock: Clock, journal: JournalSink): () => void {
  let before: number | undefined;
  let stopped = false;
  const sample = async (): Promise<void> => {
    const waitedMs = await mainThreadWaitMs(pid);
    if (waitedMs === undefined || stopped) return;
    const wallMs = Math.round(waitedMs - (before ??= waitedMs));
    // Many short waits make a long one.
    if (wallMs < notableMs) return;
    journal.write("client.starved", { wallMs, incidentMs: wallMs * clock.compression });
    before = waitedMs;
  };
  const timer = wallClock.every(sampleMs, () => void sample());
  return () => {
    stopped = true;
    timer.cancel();
  };
}

/** The main thread's time on the run queue without running, ms; undefined where the kernel does not tell. */
async function mainThreadWaitMs(pid: number): Promise<number | undefined> {
  try {
    const [thread] = await readdir(`/proc/${pid}/task`);
    const [, waitedNs] = (await readFile(`/proc/${pid}/task/${thread ?? pid}/schedstat`, "utf8")).split(" ");
    return Number(waitedNs) / 1e6;
  } catch {
    return undefined;
  }
}
