/**
 * Plays a run in a worker thread: a run has an event loop of its own, so that neither another run's start nor the
 * proxies in front of it stop its clock. The reaper stays here, where it outlives a worker; see `play-worker.ts` for
 * the other side.
 */

import module from "node:module";
import { Worker } from "node:worker_threads";
import { FiredrillError } from "../../../core/errors.ts";
import { siblingModule } from "../../process/sibling-module.ts";
import type { PlayOptions } from "../play.ts";
import type { ScenarioResult } from "../result.ts";
import type { FromWorker, ToWorker, WorkerStart } from "./messages.ts";

export type IsolatedOptions = Omit<PlayOptions, "scenario"> & { scenarioFile: string };

/** @throws FiredrillError as `play` does; any other error is a bug of ours. */
export function playIsolated(options: IsolatedOptions): Promise<ScenarioResult> {
  const { reaper, signal, onEvent, engine } = options;
  const { id, client, seed, time, folder, scenarioFile, compression } = options;
  const { name, url, external, extended } = engine;
  const workerData: WorkerStart = {
    ...{ id, client, seed, time, folder, scenarioFile },
    ...(compression === undefined ? {} : { compression }),
    engine: { name, url, external, extended },
    compileCache: module.getCompileCacheDir(),
  };
  const worker = new Worker(siblingModule(import.meta.url, "play-worker"), { workerData });
  const tell = (message: ToWorker): void => worker.postMessage(message);
  const releases = new Map<number, () => void>();
  const abort = (): void => tell({ say: "abort" });
  signal.addEventListener("abort", abort, { once: true });

  return new Promise<ScenarioResult>((resolve, reject) => {
    worker.on("message", (message: FromWorker) => {
      if (message.say === "event") onEvent?.(message.event, message.startMs);
      else if (message.say === "result") resolve(message.result);
      else if (message.say === "release") releases.get(message.id)?.();
      else if (message.say === "error") reject(errorOf(message));
      else {
        void reaper.guard(message.leftover).then((release) => {
          releases.set(message.id, release);
          tell({ say: "guarded", id: message.id });
        });
      }
    });
    worker.on("error", reject);
    worker.on("exit", (code) => reject(new Error(`the worker of ${id} ended with code ${code} and no result`)));
  }).finally(() => signal.removeEventListener("abort", abort));
}

function errorOf({ message, exitCode, stack }: Extract<FromWorker, { say: "error" }>): Error {
  if (exitCode !== undefined) return new FiredrillError(message, { exitCode });
  const error = new Error(message);
  if (stack !== undefined) error.stack = stack;
  return error;
}
