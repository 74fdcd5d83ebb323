/** The worker's side of an isolated run: loads the scenario, plays it, reports. See `play-isolated.ts`. */

import module from "node:module";
import { pathToFileURL } from "node:url";
import { parentPort, workerData } from "node:worker_threads";
import type { Reaper } from "../../process/reaper.ts";
import type { Scenario } from "../../scenario.ts";
import type { FromWorker, ToWorker, WorkerStart } from "./messages.ts";

const start = workerData as WorkerStart;
// Before anything large is loaded.
if (start.compileCache !== undefined) module.enableCompileCache(start.compileCache);
const { FiredrillError } = await import("../../../core/errors.ts");
const { Interrupted } = await import("../interrupted.ts");
const { play } = await import("../play.ts");

const tell = (message: FromWorker): void => parentPort?.postMessage(message);
const aborted = new AbortController();
const guarded = new Map<number, () => void>();
parentPort?.on("message", (message: ToWorker) => {
  if (message.say === "abort") aborted.abort(new Interrupted());
  else guarded.get(message.id)?.();
});

let guards = 0;
const reaper: Reaper = {
  guard(leftover) {
    guards += 1;
    const id = guards;
    return new Promise((resolve) => {
      guarded.set(id, () => resolve(() => tell({ say: "release", id })));
      tell({ say: "guard", id, leftover });
    });
  },
  close: () => Promise.resolve(),
};

try {
  const { default: scenario } = (await import(pathToFileURL(start.scenarioFile).href)) as { default: Scenario };
  const result = await play({
    ...start,
    scenario,
    engine: { ...start.engine, stop: () => Promise.resolve() },
    reaper,
    signal: aborted.signal,
    onEvent: (event, startMs) => tell({ say: "event", event, startMs }),
  });
  tell({ say: "result", result });
} catch (error) {
  if (error instanceof FiredrillError) tell({ say: "error", message: error.message, exitCode: error.exitCode });
  else if (error instanceof Error) tell({ say: "error", message: error.message, stack: error.stack ?? "" });
  else tell({ say: "error", message: String(error) });
} finally {
  parentPort?.close();
}
