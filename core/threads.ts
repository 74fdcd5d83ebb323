/** Threads as the kernel names them, so that what is known of one can be asked of another (Linux). */

import { readlinkSync } from "node:fs";

/** One thread, or all of a process. */
export interface Threads {
  pid: number;
  tid?: number;
}

/** The thread that calls; all of its process where the system does not show it. */
export function thisThread(): Threads {
  try {
    // Not asynchronous: that would be read, and answered, by a thread of the pool.
    const tid = Number(readlinkSync("/proc/thread-self").split("/").at(-1));
    return { pid: process.pid, tid };
  } catch {
    return { pid: process.pid };
  }
}
