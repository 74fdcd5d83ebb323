/** The worker's side of isolated runs: loads the scenario, plays it, reports, waits for the next. See `play-isolated.ts`. */

import module from "node:module";
import { pathToFileURL } from "node:url";
import { parentPort, workerData } from "node:worker_threads";
import type { JournalEvent } from "../../../core/journal/event.ts";
import type { Reaper } from "../../process/reaper.ts";
import type { Scenario } from "../../scenario.ts";
import type { FromWorker, PlayStart, ToWorker, WorkerStart } from "./messages.ts";

const { compileCache } = workerData as WorkerStart;
// Before anything large is loaded.
if (compileCache !== undefined) module.enableCompileCache(compileCache);
const { wallClock } = await import("../../../core/clock.ts");
const { FiredrillError } = await import("../../../core/errors.ts");
const { Interrupted } = await import("../interrupted.ts");
const { play } = await import("../play.ts");

const tell = (message: FromWorker): void => parentPort?.postMessage(message);
let aborted = new AbortController();
const guarded = new Map<number, () => void>();
parentPort?.on("message", (message: ToWorker) => {
  if (message.say === "abort") aborted.abort(new Interrupted());
  else if (message.say === "guarded") guarded.get(message.id)?.();
  else void run(message.start);
});

let guards = 0;
const reaper: Reaper = {
  guard(leftover) {
    guards += 1;
    const id = guards;
    return new Promise((resolve) => {
      guarded.set(id, () => {
        guarded.delete(id);
        resolve(() => tell({ say: "release", id }));
      });
      tell({ say: "guard", id, leftover });
    });
  },
  close: () => Promise.resolve(),
};

/** Wall time for which events are gathered: sent one by one they would wake the other thread hundreds of times a second. */
const gatherMs = 20;

async function run(start: PlayStart): Promise<void> {
  aborted = new AbortController();
  const { signal } = aborted;
  let gathered: JournalEvent[] = [];
  let startMs = 0;
  const flush = (): void => {
    if (gathered.length > 0) tell({ say: "events", events: gathered, startMs });
    gathered = [];
  };
  try {
    const { default: scenario } = (await import(pathToFileURL(start.scenarioFile).href)) as { default: Scenario };
    const result = await play({
      ...start,
      scenario,
      engine: { ...start.engine, stop: () => Promise.resolve() },
      reaper,
      signal,
      onEvent(event, runStartMs) {
        startMs = runStartMs;
        if (gathered.length === 0) wallClock.after(gatherMs, flush);
        gathered.push(event);
      },
    });
    flush();
    tell({ say: "result", result });
  } catch (error) {
    flush();
    if (error instanceof FiredrillError) tell({ say: "error", message: error.message, exitCode: error.exitCode });
    else if (error instanceof Error) tell({ say: "error", message: error.message, stack: error.stack ?? "" });
    else tell({ say: "error", message: String(error) });
  }
}
