/**
 * Whoever reads our output may leave before we are done: `firedrill list | head -1`. What is still printed then goes
 * nowhere, and that is all: a run goes on to its verdict, its files and its exit code, and cleans up behind it.
 */

import type { Writable } from "node:stream";

/** Any other failure to write is thrown, as it is where nobody listens. */
export function outliveReaders(...outputs: readonly Writable[]): void {
  for (const output of outputs) {
    output.on("error", (error: NodeJS.ErrnoException) => {
      if (error.code !== "EPIPE") throw error;
    });
  }
}
