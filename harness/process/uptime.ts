/** Wall time for a process that is on a clock of its own, to 10 ms: the machine's, which no clock of a process changes. */

import { readKernel } from "./read-kernel.ts";

/** Ms since the machine was started; elsewhere than on Linux since this process was. */
export function machineUptimeMs(): number {
  const [seconds] = readKernel("/proc/uptime")?.split(" ") ?? [];
  return seconds === undefined ? performance.now() : Number(seconds) * 1_000;
}
