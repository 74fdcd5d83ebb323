/**
 * What the parts of this bench have in common. Work is counted in CPU time of this process, which is what a core is
 * busy with; wall time on a shared machine would mostly show what else it does. Both sides of a ratio take turns in one
 * run, and the median of the rounds counts.
 */

import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

/** One line of the report: a figure, and the bar that it has to hold, if it has one. */
export interface Row {
  what: string;
  figure: string;
  bar?: string;
  held?: boolean | "unknown";
}

export const quantile = (values: readonly number[], part: number): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length * part)] ?? NaN;

export const median = (values: readonly number[]): number => quantile(values, 0.5);

/** CPU milliseconds that this process took meanwhile. */
export async function cpuMs(work: () => Promise<unknown>): Promise<number> {
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1_000;
}

setFlagsFromString("--expose-gc");
/** What is dead must not count as memory in use, nor be collected in the other side's turn. */
export const collect = runInNewContext("gc") as () => void;
