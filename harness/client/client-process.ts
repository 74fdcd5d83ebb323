/**
 * The client under test as a process: started on the incident clock, stopped as an operator would (SIGINT or SIGTERM,
 * then SIGKILL), never left behind. It may be started again after a stop; one runs at a time.
 */

import { wallClock, type Clock } from "../../core/clock.ts";
import type { JournalSink } from "../../core/journal/event.ts";
import { seconds } from "../../core/units.ts";
import { startGated, type GatedProcess } from "../process/gate.ts";
import type { Reaper } from "../process/reaper.ts";
import { killProcessesOf } from "../process/run-mark.ts";
import { watchChildren, type Children } from "./children.ts";
import { argvOf, type ClientSpec } from "./client-spec.ts";
import { clientEnvironment, type Contract } from "./environment.ts";
import type { ClientLog } from "./client-log.ts";
import type { Lookups } from "./lookups.ts";
import { watchResources } from "./resources.ts";
import { watchStarvation } from "./starvation.ts";
import type { TimeProvider } from "./time/provider.ts";
import type { WatchPace } from "./watch-pace.ts";

declare module "../incident/fault.ts" {
  interface FaultContext {
    client: ClientProcess;
  }
}

export interface ClientOptions {
  spec: ClientSpec;
  contract: Contract;
  clock: Clock;
  timezone: string;
  time: TimeProvider;
  journal: JournalSink;
  log: ClientLog;
  reaper: Reaper;
  /** Where the client's date learns how far off it is: a file of this run's that the provider reads. */
  dateFile: string;
  /** How often it is looked at. */
  pace: WatchPace;
  lookups: Lookups;
  /** The run's own name, by which every process of it is found. */
  run: string;
}

/** Wall time a client has to stop by itself before SIGKILL; its own incident clock runs faster. */
const graceMs = seconds(5);

export class ClientProcess {
  readonly #options: ClientOptions;
  #running: GatedProcess | undefined;
  #stopping = false;
  #dateOffsetMs = 0;
  readonly #replaced: Record<`FIREDRILL_${string}`, string> = {};
  readonly #ended: GatedProcess[] = [];
  /** What earlier starts have left running. */
  readonly #leftBehind = new Set<number>();

  constructor(options: ClientOptions) {
    this.#options = options;
  }

  get running(): boolean {
    return this.#running !== undefined;
  }

  /** Starts the client; it has not connected to anything yet when this resolves. */
  async start(): Promise<void> {
    if (this.#running !== undefined) throw new Error("the client is running already: the scenario starts it twice");
    const { spec, contract, clock, timezone, time, journal, log, reaper, run, dateFile, pace, lookups } = this.#options;
    const base = clientEnvironment(spec, { ...contract, ...this.#replaced }, timezone);
    const dateOffsetMs = this.#dateOffsetMs;
    this.stepDate(dateOffsetMs);
    const argv = argvOf(spec);
    // Only known once the process is; the gate asks for it when it has ended.
    const watched: { children?: Children } = {};
    const child = await startGated(
      {
        owner: `the client ${spec.name}`,
        run,
        argv,
        env: { ...base, ...lookups.variables, ...time.environment(clock, base, dateFile) },
        ...(spec.cwd === undefined ? {} : { cwd: spec.cwd }),
        late: (loadedAgoMs) => time.late(clock, loadedAgoMs, dateOffsetMs),
        leftovers: time.leftovers,
        precedence: pace.starves,
        beforeCleanup: async () => {
          const left = (await watched.children?.leftBehind()) ?? [];
          left.forEach((pid) => this.#leftBehind.add(pid));
        },
      },
      reaper,
    );
    this.#stopping = false;
    this.#running = child;
    journal.write("client.started", { pid: child.pid, command: argv.join(" "), time: time.name });
    const children = watchChildren(child.pid, {
      ...{ clock, journal, log, run, earlier: this.#leftBehind, sampleMs: pace.childrenMs },
    });
    watched.children = children;
    // A command for the shell, or `npm start`, is the first process only; the client is what that starts.
    const pids = (): number[] => [child.pid, ...children.pids()];
    const stopWatching = [watchResources(pids, journal, pace.resourcesMs)];
    if (pace.starves) stopWatching.push(watchStarvation(pids, clock, journal));
    log.follow(child.stdout, "out");
    log.follow(child.stderr, "err");
    void child.exited.then(({ code, signal }) => {
      stopWatching.forEach((stop) => stop());
      children.stop();
      this.#running = undefined;
      this.#ended.push(child);
      journal.write("client.exited", { pid: child.pid, code, signal, expected: this.#stopping });
    });
  }

  /** Why the client's date cannot be moved now, or undefined where it can: before its start it always can. */
  get cannotStep(): string | undefined {
    const { time, clock } = this.#options;
    return this.running ? time.cannotStep(clock) : undefined;
  }

  /** Moves the client's date to so many ms ahead of the incident's (negative: behind), now and at its next start. */
  stepDate(offsetMs: number): void {
    const { time, dateFile, clock } = this.#options;
    this.#dateOffsetMs = offsetMs;
    time.setDate(clock, offsetMs, dateFile);
  }

  /** A variable of the contract has another value from its next start on. */
  setVariable(name: `FIREDRILL_${string}`, value: string): void {
    this.#replaced[name] = value;
  }

  /** Why nobody sees it look up a name that has no address, or undefined where it is seen. */
  get cannotSeeLookups(): string | undefined {
    const { time } = this.#options;
    return time.seesLookups ? undefined : `${time.name} does not. Use --time leap or real.`;
  }

  get dateOffsetMs(): number {
    return this.#dateOffsetMs;
  }

  /** A fault is about to end the process: what follows is not the client's doing. */
  expectEnd(signal: NodeJS.Signals): void {
    this.#stopping = true;
    this.#options.journal.write("client.stopping", { signal, by: "fault" });
  }

  /** The process that was started, while it runs. */
  get pid(): number | undefined {
    return this.#running?.pid;
  }

  /** Asks it to stop and waits until it is gone. */
  async stop(signal: "SIGINT" | "SIGTERM" | "SIGKILL", by: "operator" | "end-of-run" | "fault"): Promise<void> {
    const child = this.#running;
    if (child === undefined) return;
    this.#stopping = true;
    this.#options.journal.write("client.stopping", { signal, by });
    child.kill(signal);
    // A process that a fault has stopped would not see the signal.
    child.kill("SIGCONT");
    const killer = wallClock.after(graceMs, () => child.kill("SIGKILL"));
    await child.exited;
    killer.cancel();
  }
  /** The run is over: stops the client, and ends whatever it has left running, however that was started. */
  async close(signal: "SIGTERM" | "SIGKILL" = "SIGTERM"): Promise<void> {
    await this.stop(signal, "end-of-run");
    await killProcessesOf(this.#options.run);
    this.#ended.flatMap(({ stdout, stderr }) => [stdout, stderr]).forEach((stream) => stream.destroy());
  }
}
