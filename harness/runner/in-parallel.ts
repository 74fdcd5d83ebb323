/** Work on many things, some at a time. */

import { Interrupted } from "./interrupted.ts";

interface Options {
  /** How many at a time. */
  jobs: number;
  signal: AbortSignal;
}

/**
 * Does `work` on every item and gives the results in the items' order. After the first error, and once `signal` is
 * aborted, nothing more is begun.
 * @throws Interrupted, or the first error, when all that had begun is over.
 */
export async function inParallel<T, R>(
  items: readonly T[],
  { jobs, signal }: Options,
  work: (item: T) => Promise<R>,
): Promise<R[]> {
  const results: R[] = [];
  const failures: unknown[] = [];
  const queue = items.entries();

  const take = async (): Promise<void> => {
    for (const [index, item] of queue) {
      if (signal.aborted || failures.length > 0) return;
      try {
        results[index] = await work(item);
      } catch (error) {
        failures.push(error);
      }
    }
  };

  await Promise.all(Array.from({ length: Math.min(jobs, items.length) }, take));
  if (signal.aborted) throw new Interrupted();
  if (failures.length > 0) throw failures[0];
  return results;
}
