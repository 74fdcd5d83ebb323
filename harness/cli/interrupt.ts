/**
 * SIGINT and SIGTERM end a run in order: the client is stopped, ports are closed, then exit code 130. A second one ends
 * it at once, and so does time: a run that does not come to its end, because a scenario never heeds the interrupt, is
 * ended without it. The reaper removes what was left.
 */

import { exitCode } from "../../core/errors.ts";
import { formatDuration, seconds } from "../../core/units.ts";
import { Interrupted } from "../runner/interrupted.ts";

/** A client has five seconds to stop, and what it leaves running as many to be gone. */
const inOrderWithinMs = seconds(15);

export function onInterrupt(): AbortSignal {
  const controller = new AbortController();
  const end = (): never => process.exit(exitCode.interrupted);
  const interrupt = (): void => {
    if (controller.signal.aborted) end();
    controller.abort(new Interrupted());
    // Does not keep the process from its end.
    AbortSignal.timeout(inOrderWithinMs).addEventListener("abort", () => {
      process.stderr.write(
        `firedrill: Interrupted. The run had not ended after ${formatDuration(inOrderWithinMs)}, so it was ended. What it had started is being removed.\n`,
      );
      end();
    });
  };
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
    // Until now there was nothing to end in order (see `bin/firedrill.js`). Never without a listener: a signal that came
    // while the program was loading waits for the loop's next turn, and would be lost with the last one.
    const before = process.listeners(signal);
    process.on(signal, interrupt);
    for (const listener of before) process.off(signal, listener);
  }
  return controller.signal;
}
