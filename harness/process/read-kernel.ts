/**
 * What a file of `/proc` says that the kernel has at hand (Linux). Read at once: to have it read by a thread of the pool
 * costs many times as much, and a run reads it a hundred times a second.
 */

import { readFileSync } from "node:fs";

/** Undefined where there is no such file. */
export function readKernel(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return undefined;
  }
}
