/**
 * Plays runs in worker threads: a run has an event loop of its own, so that neither another run's start nor the
 * proxies in front of it stop its clock. A worker plays one run after another: what it has loaded and compiled is warm
 * for the next one, whose clock would have to pay for it. The reaper stays here, where it outlives a worker; see
 * `play-worker.ts` for the other side.
 */

import module from "node:module";
import { Worker } from "node:worker_threads";
import { FiredrillError } from "../../../core/errors.ts";
import type { Reaper } from "../../process/reaper.ts";
import { siblingModule } from "../../process/sibling-module.ts";
import type { PlayOptions } from "../play.ts";
import type { ScenarioResult } from "../result.ts";
import type { FromWorker, PlayStart, ToWorker, WorkerStart } from "./messages.ts";

export type IsolatedOptions = Omit<PlayOptions, "scenario" | "reaper"> & { scenarioFile: string };

/** The workers of a suite. */
export class Isolation {
  readonly #reaper: Reaper;
  readonly #idle: PlayWorker[] = [];

  constructor(reaper: Reaper) {
    this.#reaper = reaper;
  }

  /** @throws FiredrillError as `play` does; any other error is a bug of ours. */
  async play(options: IsolatedOptions): Promise<ScenarioResult> {
    const worker = this.#idle.pop() ?? new PlayWorker(this.#reaper);
    try {
      const result = await worker.play(options);
      this.#idle.push(worker);
      return result;
    } catch (error) {
      // What else it left undone is not known.
      await worker.end();
      throw error;
    }
  }

  async close(): Promise<void> {
    await Promise.all(this.#idle.splice(0).map((worker) => worker.end()));
  }
}

/** Hears what the worker says until it ends: what a run guards may be released after its result. */
class PlayWorker {
  readonly #worker: Worker;
  #event: IsolatedOptions["onEvent"];
  #done: (result: ScenarioResult) => void = () => undefined;
  #failed: (error: unknown) => void = () => undefined;

  constructor(reaper: Reaper) {
    const workerData: WorkerStart = { compileCache: module.getCompileCacheDir() };
    this.#worker = new Worker(siblingModule(import.meta.url, "play-worker"), { workerData });
    const releases = new Map<number, () => void>();
    this.#worker.on("message", (message: FromWorker) => {
      if (message.say === "events") message.events.forEach((event) => this.#event?.(event, message.startMs));
      else if (message.say === "result") this.#done(message.result);
      else if (message.say === "release") {
        releases.get(message.id)?.();
        releases.delete(message.id);
      } else if (message.say === "error") this.#failed(errorOf(message));
      else {
        void reaper.guard(message.leftover).then((release) => {
          releases.set(message.id, release);
          this.#tell({ say: "guarded", id: message.id });
        });
      }
    });
    this.#worker.on("error", (error) => this.#failed(error));
    this.#worker.on("exit", (code) =>
      this.#failed(new Error(`the worker of a run ended with code ${code} and no result`)),
    );
  }

  async play(options: IsolatedOptions): Promise<ScenarioResult> {
    const { signal, onEvent, engine } = options;
    const { id, client, seed, time, folder, scenarioFile, compression } = options;
    const { name, url, external, extended, threads } = engine;
    const start: PlayStart = {
      ...{ id, client, seed, time, compression, folder, scenarioFile },
      engine: { name, url, external, extended, ...(threads === undefined ? {} : { threads }) },
    };
    const abort = (): void => this.#tell({ say: "abort" });
    this.#event = onEvent;
    try {
      return await new Promise<ScenarioResult>((resolve, reject) => {
        this.#done = resolve;
        this.#failed = reject;
        this.#tell({ say: "play", start });
        if (signal.aborted) abort();
        else signal.addEventListener("abort", abort, { once: true });
      });
    } finally {
      signal.removeEventListener("abort", abort);
    }
  }

  async end(): Promise<void> {
    await this.#worker.terminate();
  }

  #tell(message: ToWorker): void {
    this.#worker.postMessage(message);
  }
}

function errorOf({ message, exitCode, stack }: Extract<FromWorker, { say: "error" }>): Error {
  if (exitCode !== undefined) return new FiredrillError(message, { exitCode });
  const error = new Error(message);
  if (stack !== undefined) error.stack = stack;
  return error;
}
