/**
 * How much of this machine other programs use: what its cores were busy with since the start of the watch, less what this
 * process has used itself. Processes that this one has started in that time count as others.
 */

import { cpus } from "node:os";
import { wallClock } from "../../core/clock.ts";

/** The kernel counts in steps of 10 ms; over less than this the share would be rough. */
const leastWallMs = 200;

export interface LoadWatch {
  /** The share of all cores that others have used, 0 to 1; null where the system does not count. */
  share(): Promise<number | null>;
}

export function watchOthersLoad(): LoadWatch {
  const start = now();
  return {
    async share() {
      const leftMs = leastWallMs - (wallClock.elapsed() - start.wallMs);
      if (leftMs > 0) await wallClock.sleep(leftMs);
      const end = now();
      if (end.idleMs === 0) return null;
      const allMs = (end.wallMs - start.wallMs) * end.cores;
      // What is neither idle nor ours: so the time counts as well that the host of a virtual machine has taken.
      const othersMs = allMs - (end.idleMs - start.idleMs) - (end.ownMs - start.ownMs);
      return Math.round(Math.min(Math.max(othersMs / allMs, 0), 1) * 100) / 100;
    },
  };
}

function now(): { wallMs: number; idleMs: number; ownMs: number; cores: number } {
  const times = cpus().map((cpu) => cpu.times);
  const { user, system } = process.cpuUsage();
  return {
    cores: times.length,
    wallMs: wallClock.elapsed(),
    idleMs: times.reduce((sum, { idle }) => sum + idle, 0),
    ownMs: (user + system) / 1_000,
  };
}
