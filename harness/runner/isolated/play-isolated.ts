/**
 * Plays runs in processes of their own: a run's testbed and its scenario are on the run's clock, and the command line stays
 * on the wall's. A process plays one run after another, as what it has loaded and compiled is warm for the next. The reaper
 * stays here, where it outlives them; see `play-worker.ts` for the other side.
 */

import { fork, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import module from "node:module";
import { fileURLToPath } from "node:url";
import { FiredrillError } from "../../../core/errors.ts";
import { startClock, type LeapClock } from "../../../leap/index.ts";
import type { SuiteClock } from "../../client/time/choose.ts";
import type { Reaper } from "../../process/reaper.ts";
import { siblingModule } from "../../../core/sibling-module.ts";
import type { Engine } from "../../proxy/engine.ts";
import type { PlayOptions } from "../play.ts";
import type { ScenarioResult } from "../result.ts";
import type { FromWorker, PlayStart, ToWorker } from "./messages.ts";
import { Stuck, watchForStandstill } from "./standstill.ts";

export type IsolatedOptions = Omit<PlayOptions, "scenario" | "reaper" | "engine" | "suiteClock" | "onPlayed"> & {
  /** Undefined where each process has an engine of its own, which is on its clock. */
  engine: Engine | undefined;
};

/**
 * What such a process allocates is mostly gone a moment later: with V8's 1 MB for what is young it sweeps thousands of times
 * in a day of incident. Its sweeping threads would only take the cores from the client and the other runs.
 */
const heap = ["--single-threaded-gc", "--min-semi-space-size=16", "--max-semi-space-size=64"];

/** The processes of a suite. */
export class Isolation {
  readonly #reaper: Reaper;
  readonly #suiteClock: SuiteClock;
  readonly #idle: PlayWorker[] = [];

  constructor(reaper: Reaper, suiteClock: SuiteClock) {
    this.#reaper = reaper;
    this.#suiteClock = suiteClock;
  }

  /** @throws FiredrillError as `play` does, `Stuck` where it never ends; any other error is a bug of ours. */
  async play(options: IsolatedOptions): Promise<ScenarioResult[]> {
    const worker = this.#idle.pop() ?? (await PlayWorker.start(this.#reaper, this.#suiteClock));
    try {
      const results = await worker.play(options);
      this.#idle.push(worker);
      return results;
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

/** The start of a run's clock, where its date is not set yet: each run sets its own. */
const anyDate = "2025-01-01T00:00:00Z";

/** Hears what the process says until it ends: what a run guards may be released after its result. */
class PlayWorker {
  readonly #process: ChildProcess;
  readonly #clock: LeapClock | undefined;
  readonly #suiteClock: SuiteClock;
  #event: IsolatedOptions["onEvent"];
  #scenarioFile = "";
  #played: ScenarioResult[] = [];
  #done: (results: ScenarioResult[]) => void = () => undefined;
  #failed: (error: unknown) => void = () => undefined;

  static async start(reaper: Reaper, suiteClock: SuiteClock): Promise<PlayWorker> {
    if (suiteClock === "factor") return new PlayWorker(reaper, suiteClock, undefined);
    const clock = await startClock({ start: anyDate, mode: suiteClock });
    clock.release();
    return new PlayWorker(reaper, suiteClock, clock);
  }

  private constructor(reaper: Reaper, suiteClock: SuiteClock, clock: LeapClock | undefined) {
    this.#clock = clock;
    this.#suiteClock = suiteClock;
    const file = fileURLToPath(siblingModule(import.meta.url, "play-worker"));
    this.#process = fork(file, [module.getCompileCacheDir() ?? ""], {
      env: { ...process.env, ...clock?.environment("testbed", process.env) },
      // A project that does not say what its .ts files are is none of a run's business.
      execArgv: [...process.execArgv, ...heap, "--disable-warning=MODULE_TYPELESS_PACKAGE_JSON"],
      serialization: "advanced",
    });
    // It counts from before it has loaded the clock, so that time does not leap over its start.
    if (this.#process.pid !== undefined) clock?.started(this.#process.pid, "testbed");
    const releases = new Map<number, () => void>();
    this.#process.on("message", (message: FromWorker) => {
      if (message.say === "events") message.events.forEach((event) => this.#event?.(event, message.startMs));
      else if (message.say === "result") this.#done(message.results);
      else if (message.say === "played") this.#played.push(...message.results);
      else if (message.say === "release") {
        releases.get(message.id)?.();
        releases.delete(message.id);
      } else if (message.say === "error") this.#failed(errorOf(message));
      else {
        void reaper.guard(message.leftover).then((release) => {
          releases.set(message.id, release);
          this.#send({ say: "guarded", id: message.id });
        });
      }
    });
    this.#process.on("error", (error) => this.#failed(error));
    this.#process.on("exit", (code, signal) => this.#failed(endedEarly(this.#scenarioFile, code, signal)));
  }

  async play(options: IsolatedOptions): Promise<ScenarioResult[]> {
    const { signal, onEvent, engine } = options;
    const { id, client, seed, time, folder, scenarioFile, only } = options;
    const suiteClock = this.#suiteClock;
    const start: PlayStart = {
      ...{ id, client, seed, time, suiteClock, folder, scenarioFile, only },
      engine: engine === undefined ? undefined : cloneable(engine),
    };
    const abort = (): void => this.#send({ say: "abort" });
    this.#event = onEvent;
    this.#scenarioFile = scenarioFile;
    this.#played = [];
    const stopWatching = this.#watch(options);
    try {
      return await new Promise<ScenarioResult[]>((resolve, reject) => {
        this.#done = resolve;
        this.#failed = reject;
        this.#send({ say: "play", start });
        if (signal.aborted) abort();
        else signal.addEventListener("abort", abort, { once: true });
      });
    } finally {
      stopWatching();
      signal.removeEventListener("abort", abort);
    }
  }

  async end(): Promise<void> {
    if (this.#process.exitCode === null && this.#process.signalCode === null) {
      const exited = once(this.#process, "exit");
      this.#process.kill("SIGKILL");
      await exited;
    }
    await this.#clock?.end();
  }

  /** A scenario that keeps the clock from going on, as an endless loop does, is ended from here. */
  #watch({ scenarioFile }: IsolatedOptions): () => void {
    const { pid } = this.#process;
    if (this.#clock === undefined || pid === undefined) return () => undefined;
    const watched = { clock: this.#clock, kind: this.#suiteClock, pid };
    return watchForStandstill(watched, (forMs) => this.#failed(new Stuck(scenarioFile, forMs, this.#played)));
  }

  #send(message: ToWorker): void {
    // It may be gone by now, which its exit says.
    if (this.#process.connected) this.#process.send(message, () => undefined);
  }
}

/** With a code of its own it was ended from within, which nothing of ours does. */
function endedEarly(scenarioFile: string, code: number | null, signal: NodeJS.Signals | null): Error {
  if (code === 0) {
    return new FiredrillError(
      `The scenario in ${scenarioFile} ended the process that plays it. Remove its process.exit, and end its play by returning.`,
    );
  }
  return new Error(`the process of a run ended with ${signal ?? `code ${code}`} and no result`);
}

function cloneable({ name, url, external, extended, guarded = false, threads }: Engine): PlayStart["engine"] {
  return { name, url, external, extended, guarded, ...(threads === undefined ? {} : { threads }) };
}

function errorOf({ message, exitCode, stack }: Extract<FromWorker, { say: "error" }>): Error {
  if (exitCode !== undefined) return new FiredrillError(message, { exitCode });
  const error = new Error(message);
  if (stack !== undefined) error.stack = stack;
  return error;
}
