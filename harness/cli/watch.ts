/**
 * `--watch`: plays again when a file of the client's folder, or of the one that Firedrill was started in, changes. Each
 * time is a process of its own, so that scenarios and the config are read anew; a change while one plays is played after it.
 */

import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { watch as watchFolder } from "node:fs";
import { relative, resolve, sep } from "node:path";
import { wallClock } from "../../core/clock.ts";
import { exitCode } from "../../core/errors.ts";
import type { ClientSpec } from "../client/client-spec.ts";
import { Exit } from "./command.ts";

/** What an editor saves together comes in several steps. */
const settleMs = 200;

/** What is written by a run, a package manager or a compiler, and no source of a client. */
const ignored = new Set([".firedrill", ".git", ".venv", "__pycache__", "node_modules", "target"]);

export const isSource = (path: string): boolean =>
  path.split(sep).every((part) => !ignored.has(part)) && !/~$|\.sw[a-z]$|\.log$|\.pyc$/.test(path);

/** Never returns but by an interrupt. */
export async function watch(clients: readonly ClientSpec[]): Promise<never> {
  const folders = new Set([process.cwd(), ...clients.flatMap(({ cwd }) => (cwd === undefined ? [] : [resolve(cwd)]))]);
  const changes = new Changes([...folders]);
  const interrupted = new AbortController();
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
    process.removeAllListeners(signal);
    process.on(signal, () => interrupted.abort());
  }
  try {
    for (;;) {
      await playOnce(interrupted.signal);
      if (interrupted.signal.aborted) throw new Exit(exitCode.interrupted);
      process.stderr.write(`firedrill: Watching ${[...folders].join(", ")}; Ctrl-C ends it.\n`);
      const changed = await changes.next(interrupted.signal);
      if (changed === undefined) throw new Exit(exitCode.interrupted);
      process.stderr.write(
        `firedrill: ${relative(process.cwd(), changed) || changed} has changed, so it is played again.\n`,
      );
    }
  } finally {
    changes.close();
  }
}

class Changes {
  readonly #watchers;
  #changed: string | undefined;
  #wake: () => void = () => undefined;

  constructor(folders: readonly string[]) {
    this.#watchers = folders.map((folder) =>
      watchFolder(folder, { recursive: true }, (_event, name) => {
        if (name === null || !isSource(name)) return;
        this.#changed ??= resolve(folder, name);
        this.#wake();
      }),
    );
  }

  /** A file that has changed since this was last asked; undefined where it was interrupted before one did. */
  async next(interrupted: AbortSignal): Promise<string | undefined> {
    while (this.#changed === undefined && !interrupted.aborted) {
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
        interrupted.addEventListener("abort", () => resolve(), { once: true });
      });
    }
    if (interrupted.aborted) return undefined;
    await wallClock.sleep(settleMs);
    const changed = this.#changed;
    this.#changed = undefined;
    return changed;
  }

  close(): void {
    for (const watcher of this.#watchers) watcher.close();
  }
}

/** The same command without `--watch`, from the file that this one was started by. */
async function playOnce(interrupted: AbortSignal): Promise<void> {
  const [, program = "", ...args] = process.argv;
  const { FIREDRILL_WATCH: _watch, ...env } = process.env;
  const child: ChildProcess = spawn(process.execPath, [program, ...args.filter((arg) => arg !== "--watch")], {
    stdio: "inherit",
    env,
  });
  const stop = (): void => void child.kill("SIGINT");
  interrupted.addEventListener("abort", stop, { once: true });
  await once(child, "exit");
  interrupted.removeEventListener("abort", stop);
}
