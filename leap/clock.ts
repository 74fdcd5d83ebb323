/**
 * One run's clock: time goes on by the CPU that a computing thread uses and leaps to the next deadline the moment
 * everything waits. Whoever starts it stays on the wall's time; the processes that it spawns are on the clock, and so is
 * whatever they start. When this process ends, the coordinator ends, and with it every process on the clock.
 */

import { spawn, type ChildProcess, type ChildProcessByStdio } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import type { Readable, Writable } from "node:stream";
import { groups, type ClockGroup } from "./groups.ts";
import { clockPrograms, type ClockPrograms } from "./library.ts";
import { ClockMemory } from "./memory.ts";

export interface ClockOptions {
  /** Where the incident starts: an ISO date or epoch ms. */
  start: string | number;
  /**
   * `leap`: as above. `free`: time stands while anything computes, and one process computes at a time, so the same inputs
   * give the same order of events. `real`: the wall's time under the incident's date.
   */
  mode?: "leap" | "free" | "real";
  /** `NAME=value`, found in the environment of every process that is started on the clock, however. */
  mark?: string;
}

/** What a run's time was made of. */
export interface ClockReport {
  incidentMs: number;
  leaps: number;
  /** Incident ms that were leapt over, that were computed, and that passed at the wall's pace for something outside. */
  leaptMs: number;
  computingMs: number;
  outsideMs: number;
  /** Processes and peers outside the clock that were seen, each in a sentence. */
  outsiders: string[];
  /** Who computes, or counts as if it did, at this moment: for a clock that stands still. */
  running: string[];
}

interface Answer {
  ready?: { pid: number; memory: string };
  reached?: number;
  report?: Record<string, number> & Pick<ClockReport, "outsiders" | "running">;
}

/** Starts the coordinator; its clock is held at the start until `release` or `until`. */
export async function startClock(options: ClockOptions): Promise<LeapClock> {
  const startMs = typeof options.start === "number" ? options.start : Date.parse(options.start);
  if (!Number.isFinite(startMs)) throw new RangeError(`The clock cannot start at "${options.start}": not a date.`);
  const programs = await clockPrograms();
  const startNs = BigInt(Math.round(startMs * 1e3)) * 1_000n;
  const free = groups.indexOf("testbed");
  const coordinator = spawn(
    programs.coordinator,
    [String(startNs), options.mode ?? "leap", options.mark ?? "", String(free)],
    { stdio: ["pipe", "pipe", "inherit"], detached: true },
  );
  return LeapClock.attach(coordinator, programs);
}

export class LeapClock {
  readonly #coordinator: ChildProcessByStdio<Writable, Readable, null>;
  readonly #programs: ClockPrograms;
  readonly #path: string;
  readonly #memory: ClockMemory;
  readonly #waiting: { key: keyof Answer; resolve: (answer: Answer) => void; reject: (error: Error) => void }[] = [];
  readonly #children = new Set<ChildProcess>();
  #ended = false;

  static async attach(
    coordinator: ChildProcessByStdio<Writable, Readable, null>,
    programs: ClockPrograms,
  ): Promise<LeapClock> {
    const lines = createInterface({ input: coordinator.stdout });
    const [first] = (await Promise.race([
      once(lines, "line"),
      once(coordinator, "exit").then(([code]) => {
        throw new Error(`the clock's coordinator ended with ${code} at its start`);
      }),
    ])) as [string];
    const { ready } = JSON.parse(first) as Answer;
    if (ready === undefined) throw new Error(`the clock's coordinator said "${first}" at its start`);
    return new LeapClock(coordinator, programs, ready.memory, lines);
  }

  private constructor(
    coordinator: ChildProcessByStdio<Writable, Readable, null>,
    programs: ClockPrograms,
    path: string,
    lines: NodeJS.EventEmitter,
  ) {
    this.#coordinator = coordinator;
    this.#programs = programs;
    this.#path = path;
    this.#memory = new ClockMemory(path);
    // It may have ended when we write; its exit says so.
    coordinator.stdin.on("error", () => undefined);
    lines.on("line", (line: string) => {
      const answer = JSON.parse(line) as Answer;
      const index = this.#waiting.findIndex(({ key }) => key in answer);
      if (index >= 0) this.#waiting.splice(index, 1)[0]?.resolve(answer);
    });
    coordinator.on("exit", (code, signal) => {
      this.#ended = true;
      // The kernel ends whoever is on the clock; a program that takes no preload is not.
      this.#children.forEach((child) => child.kill("SIGKILL"));
      const error = new Error(`the clock's coordinator has ended (${signal ?? code})`);
      this.#waiting.splice(0).forEach(({ reject }) => reject(error));
    });
  }

  /** The coordinator's process. */
  get pid(): number {
    return this.#coordinator.pid ?? 0;
  }

  /** Rejects when the coordinator ends before `end` was called. */
  get memory(): ClockMemory {
    return this.#memory;
  }

  /** Variables that put a process, and whatever it starts, on this clock. */
  environment(group: ClockGroup, env: Readonly<Record<string, string | undefined>> = {}): Record<string, string> {
    const { library } = this.#programs;
    const preload = env.LD_PRELOAD === undefined || env.LD_PRELOAD === "" ? library : `${library}:${env.LD_PRELOAD}`;
    return { LD_PRELOAD: preload, FIREDRILL_LEAP: `${this.#path};${groups.indexOf(group)}` };
  }

  /** Starts a process on the clock, its output and input as pipes. */
  spawn(
    argv: readonly [string, ...string[]],
    options: { env?: Record<string, string | undefined>; cwd?: string; group: ClockGroup },
  ): ChildProcessByStdio<Writable, Readable, Readable> {
    const [command, ...rest] = argv;
    const env = options.env ?? process.env;
    const child = spawn(command, rest, {
      ...(options.cwd === undefined ? {} : { cwd: options.cwd }),
      env: { ...env, ...this.environment(options.group, env) },
      stdio: ["pipe", "pipe", "pipe"],
    });
    this.#children.add(child);
    child.on("exit", () => this.#children.delete(child));
    if (child.pid !== undefined) this.started(child.pid, options.group);
    // Started too late, it finds no clock to be on.
    if (this.#ended) child.kill("SIGKILL");
    return child;
  }

  /** A process that was started with this clock's environment counts from here on, so that time does not leap over its start. */
  started(pid: number, group: ClockGroup): void {
    this.#say(`started ${pid} ${groups.indexOf(group)}`);
  }

  /** Incident ms since the start. */
  elapsedMs(): number {
    return this.#memory.elapsedMs();
  }

  /** Lets time go on, until `until` says where to stop. */
  release(): void {
    this.#say("until -1");
  }

  /** Lets time go on to so many incident ms since the start, where it stops; resolves when it has got there. */
  async until(incidentMs: number): Promise<void> {
    const reached = this.#ask("reached");
    this.#say(`until ${BigInt(Math.round(incidentMs * 1e6))}`);
    await reached;
  }

  setOffsetMs(group: ClockGroup, offsetMs: number): void {
    this.#memory.setOffsetMs(groups.indexOf(group), offsetMs);
  }

  async report(): Promise<ClockReport> {
    const answer = this.#ask("report");
    this.#say("report");
    const { report } = await answer;
    const ms = (name: string): number => (report?.[name] ?? 0) / 1e6;
    return {
      incidentMs: ms("incidentNs"),
      leaps: report?.leaps ?? 0,
      leaptMs: ms("leaptNs"),
      computingMs: ms("computingNs"),
      outsideMs: ms("outsideNs"),
      outsiders: report?.outsiders ?? [],
      running: report?.running ?? [],
    };
  }

  /** Ends the coordinator and every process on the clock. */
  async end(): Promise<void> {
    if (!this.#ended) {
      const exited = once(this.#coordinator, "exit");
      this.#say("end");
      this.#coordinator.stdin.end();
      await exited;
    }
    this.#memory.close();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.end();
  }

  #say(line: string): void {
    this.#coordinator.stdin.write(`${line}\n`);
  }

  #ask(key: keyof Answer): Promise<Answer> {
    return new Promise((resolve, reject) => {
      if (this.#ended) reject(new Error("the clock's coordinator has ended"));
      else this.#waiting.push({ key, resolve, reject });
    });
  }
}
