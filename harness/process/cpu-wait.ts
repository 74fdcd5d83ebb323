/**
 * How long threads were ready to run without getting a CPU, from the kernel's own accounting (Linux). What is starved
 * by this machine is late through no fault of the client, and at x300 a wait of 100 ms is half a minute.
 */

import { readdirSync } from "node:fs";
import { wallClock } from "../../core/clock.ts";
import type { Threads } from "../../core/threads.ts";
import { readKernel } from "./read-kernel.ts";

const sampleMs = 50;
/** Less is ordinary scheduling, and would fill the journal. */
const notableMs = 10;

/**
 * @param threads Asked each time, because processes come and go.
 * @param waited Called whenever they have waited for 10 ms of wall more. Of several threads the one counts that waited
 * longest: they wait side by side.
 * @returns The way to stop watching.
 */
export function watchCpuWait(threads: () => readonly Threads[], waited: (wallMs: number) => void): () => void {
  let before: ReadonlyMap<string, number> | undefined;
  /** By thread. */
  let sums = new Map<string, number>();
  const sample = (): void => {
    const now = new Map(threads().flatMap((each) => [...waitsMs(each)]));
    sums = new Map([...now].map(([tid, ms]) => [tid, (sums.get(tid) ?? 0) + ms - (before?.get(tid) ?? ms)]));
    before = now;
    // Many short waits make a long one.
    const longestMs = Math.max(0, ...sums.values());
    if (longestMs < notableMs) return;
    waited(Math.round(longestMs));
    sums.clear();
  };
  const timer = wallClock.every(sampleMs, sample);
  return () => timer.cancel();
}

/** How long the one of these threads that waited longest has waited so far, ms; 0 where the kernel does not show it. */
export const cpuWaitMs = (threads: Threads): number => Math.max(0, ...waitsMs(threads).values());

/** Each thread's time on the run queue without running, ms; of none where the kernel does not show it. */
function waitsMs({ pid, tid }: Threads): Map<string, number> {
  const tasks = `/proc/${pid}/task`;
  const tids = tid === undefined ? namesIn(tasks) : [String(tid)];
  return new Map(
    tids.flatMap((one): [string, number][] => {
      const [, waitedNs] = readKernel(`${tasks}/${one}/schedstat`)?.split(" ") ?? [];
      return waitedNs === undefined ? [] : [[one, Number(waitedNs) / 1e6]];
    }),
  );
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
