/** Work on many things, some at a time. */

import { Interrupted } from "./interrupted.ts";

interface Options<T> {
  /** How many at a time. */
  jobs: number;
  /** What nothing else may go on beside comes after all the rest, one by one. */
  alone: (item: T) => boolean;
  signal: AbortSignal;
}

/**
 * Does `work` on every item and gives the results in the items' order. After the first error, and once `signal` is
 * aborted, nothing more is begun.
 * @throws Interrupted, or the first error, when all that had begun is over.
 */
export async function inParallel<T, R>(
  items: readonly T[],
  { jobs, alone, signal }: Options<T>,
  work: (item: T) => Promise<R>,
): Promise<R[]> {
  const results: R[] = [];
  const failures: unknown[] = [];
  const all = [...items.entries()];

  const take = async (queue: Iterable<[number, T]>): Promise<void> => {
    for (const [index, item] of queue) {
      if (signal.aborted || failures.length > 0) return;
      try {
        results[index] = await work(item);
      } catch (error) {
        failures.push(error);
      }
    }
  };

  const together = all.filter(([, item]) => !alone(item)).values();
  await Promise.all(Array.from({ length: Math.min(jobs, all.length) }, () => take(together)));
  await take(all.filter(([, item]) => alone(item)));
  if (signal.aborted) throw new Interrupted();
  if (failures.length > 0) throw failures[0];
  return results;
}
