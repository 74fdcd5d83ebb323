/**
 * SIGINT and SIGTERM end a run in order: the client is stopped, ports are closed, then exit code 130. A second one
 * ends it at once; the reaper removes what was left.
 */

import { exitCode } from "../../core/errors.ts";
import { Interrupted } from "../runner/interrupted.ts";

export function onInterrupt(): AbortSignal {
  const controller = new AbortController();
  const interrupt = (): void => {
    if (controller.signal.aborted) process.exit(exitCode.interrupted);
    controller.abort(new Interrupted());
  };
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, interrupt);
  return controller.signal;
}
