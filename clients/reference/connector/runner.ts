/**
 * One runner: a subprocess of ours with a life of its own, which prints market events. Here it is started, spoken to,
 * listened to and ended; that there is always one and never two is the supervisor's business.
 */

import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { extname } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";

export interface Runner {
  readonly pid: number;
  readonly alive: boolean;
  /** How it ended, whoever ended it. */
  readonly ended: Promise<RunnerEnd>;
  subscribe(topics: readonly string[]): void;
  /** SIGTERM, and SIGKILL where that was not enough. Resolves when the process is gone. */
  stop(): Promise<RunnerEnd>;
}

export interface RunnerEnd {
  code: number | null;
  signal: NodeJS.Signals | null;
  /** The last lines that it wrote on stderr. */
  lastWords: readonly string[];
}

export interface RunnerOptions {
  /** The exchange's public stream. */
  url: string;
  /** Each line that it prints. */
  onLine: (line: string) => void;
}

/** Time for a runner to close its connection before it is killed. */
const graceMs = 2_000;
/** Time for what it wrote last to arrive. */
const drainMs = 1_000;
const keptWords = 5;
const longestWord = 500;
const ending = extname(new URL(import.meta.url).pathname);
const program = fileURLToPath(new URL(`./main${ending}`, import.meta.url));

export class SubprocessRunner implements Runner {
  readonly ended: Promise<RunnerEnd>;
  readonly #child: ChildProcess;
  readonly #lastWords: string[] = [];

  constructor({ url, onLine }: RunnerOptions, argv: readonly [string, ...string[]] = [process.execPath, program]) {
    const [command, ...args] = argv;
    const child = spawn(command, [...args, url], { stdio: ["pipe", "pipe", "pipe"] });
    this.#child = child;
    createInterface({ input: child.stdout }).on("line", onLine);
    createInterface({ input: child.stderr }).on("line", (line) => this.#keep(line));
    // A runner that is gone reads nothing more; that it is gone is known by its end.
    child.stdin.on("error", () => undefined);
    child.on("error", (error) => this.#keep(error.message));
    this.ended = this.#end(child);
  }

  get pid(): number {
    return this.#child.pid ?? 0;
  }

  get alive(): boolean {
    return this.#child.exitCode === null && this.#child.signalCode === null && this.#child.pid !== undefined;
  }

  subscribe(topics: readonly string[]): void {
    this.#child.stdin?.write(`${JSON.stringify({ op: "subscribe", topics })}\n`);
  }

  async stop(): Promise<RunnerEnd> {
    this.#child.kill("SIGTERM");
    const killer = setTimeout(() => this.#child.kill("SIGKILL"), graceMs);
    const end = await this.ended;
    clearTimeout(killer);
    return end;
  }

  async #end(child: ChildProcess): Promise<RunnerEnd> {
    const closed = once(child, "close").catch(() => undefined);
    // A program that could not be started has no exit.
    const [code, signal] = (await once(child, "exit").catch(() => [null, null])) as [
      number | null,
      NodeJS.Signals | null,
    ];
    await Promise.race([closed, sleep(drainMs, undefined, { ref: false })]);
    return { code, signal, lastWords: this.#lastWords };
  }

  #keep(line: string): void {
    this.#lastWords.push(line.slice(0, longestWord));
    if (this.#lastWords.length > keptWords) this.#lastWords.shift();
  }
}

/** `code 1`, `SIGKILL`; with what it printed last. */
export function endText({ code, signal, lastWords }: RunnerEnd): string {
  const how = signal ?? `code ${code ?? "unknown"}`;
  return lastWords.length === 0 ? `${how}; it said nothing` : `${how}; its last words: ${lastWords.join(" | ")}`;
}
