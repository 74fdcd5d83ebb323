/**
 * Starts a child process behind a gate: a shell that waits for one line before it turns into the program. In between
 * the reaper learns of it, so that there is no moment at which our death would orphan it; and what only counts from
 * the program's first instant (its clock) is computed as late as can be. If we die first, the gate reads end of file
 * and exits.
 */

import { spawn, type ChildProcess } from "node:child_process";
import type { Duplex, Readable } from "node:stream";
import { once } from "node:events";
import { constants } from "node:fs";
import { access, rm } from "node:fs/promises";
import { delimiter, isAbsolute, join, resolve } from "node:path";
import { wallClock } from "../../core/clock.ts";
import { FiredrillError } from "../../core/errors.ts";
import { askForPrecedence } from "./precedence.ts";
import type { Leftover, Reaper } from "./reaper.ts";

export interface GatedCommand {
  /** For error messages: whose program this is. */
  owner: string;
  argv: readonly [string, ...string[]];
  env: Readonly<Record<string, string>>;
  cwd?: string;
  /** Variables that are set at the last moment; it is told how long ago the gate's shell was loaded, in wall ms. */
  late?: (loadedAgoMs: number) => Readonly<Record<string, string>>;
  /** Files that it would leave behind if it were killed, with `{pid}` for its process id. */
  leftovers?: readonly string[];
  /** Called when the program has ended, before what it left running in its group is ended. */
  beforeCleanup?: () => Promise<void>;
}

export interface GatedProcess {
  readonly pid: number;
  readonly stdout: Readable;
  readonly stderr: Readable;
  /** Resolves when the process has ended and its output is read. */
  readonly exited: Promise<{ code: number | null; signal: NodeJS.Signals | null }>;
  /** Signals the whole process group, as a terminal or systemd does. */
  kill(signal: NodeJS.Signals): void;
}

/**
 * Says it is there, reads `NAME=value` lines up to an empty one, then becomes the program. At end of file, which is our
 * death before the reaper knew of it, it removes what the library loaded into it would leave behind, and exits. A
 * broken pipe means the same, so it must not end the shell before that.
 */
const gate = `
leftovers=$1; shift
trap '' PIPE
echo up >&3
while read -r line <&3; do
  [ -z "$line" ] && { exec 3>&-; trap - PIPE; exec "$@"; }
  export "$line"
done
eval "LD_PRELOAD= rm -f $leftovers"
exit 1`;

/** @throws FiredrillError where there is no such program. */
export async function startGated(command: GatedCommand, reaper: Reaper): Promise<GatedProcess> {
  await findProgram(command);
  const leftovers = command.leftovers ?? [];
  const ownLeftovers = leftovers.map((path) => path.replace("{pid}", () => "$$")).join(" ");
  const child = spawn("/bin/sh", ["-c", gate, "sh", ownLeftovers, ...command.argv], {
    cwd: command.cwd,
    env: command.env,
    stdio: ["ignore", "pipe", "pipe", "pipe"],
    detached: true,
  });
  const { pid, stdout, stderr } = child;
  if (pid === undefined || stdout === null || stderr === null) {
    throw new FiredrillError(`Cannot start ${command.owner}: the system gave no process. Is it out of processes?`);
  }
  const spawnedAt = wallClock.elapsed();
  const ended = once(child, "close");
  const files = leftovers.map((path) => path.replace("{pid}", String(pid)));
  const guarded: Leftover[] = [{ kind: "group", pid }, ...files.map((path): Leftover => ({ kind: "path", path }))];
  const releases = await Promise.all(guarded.map((leftover) => reaper.guard(leftover)));
  const exited = ended.then(async ([code, signal]) => {
    await command.beforeCleanup?.();
    // Whatever the program started in its own group goes with it.
    signalGroup(pid, "SIGKILL");
    await Promise.all(files.map((path) => rm(path, { force: true })));
    releases.forEach((release) => release());
    return { code: code as number | null, signal: signal as NodeJS.Signals | null };
  });
  await askForPrecedence(pid);
  await openGate(child, spawnedAt, command.late);
  return { pid, stdout, stderr, exited, kill: (signal) => signalGroup(pid, signal) };
}

async function openGate(child: ChildProcess, spawnedAt: number, late: GatedCommand["late"]): Promise<void> {
  const control = child.stdio[3] as Duplex;
  // A program that ends at once may close the pipe before we have written.
  control.on("error", () => undefined);
  await Promise.race([once(control, "data"), once(child, "exit")]);
  // The shell was loaded somewhere between its start and its first word.
  const loadedAgoMs = (wallClock.elapsed() - spawnedAt) / 2;
  const lines = Object.entries(late?.(loadedAgoMs) ?? {}).map(([name, value]) => `${name}=${value}\n`);
  control.end(`${lines.join("")}\n`);
}

function signalGroup(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(-pid, signal);
  } catch (error) {
    // The group is gone already, which is what was wanted.
    if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
  }
}

async function findProgram({ owner, argv: [program], env, cwd }: GatedCommand): Promise<void> {
  const folders = program.includes("/") ? [""] : (env.PATH ?? "").split(delimiter);
  for (const folder of folders) {
    const file = isAbsolute(program) ? program : folder === "" ? resolve(cwd ?? ".", program) : join(folder, program);
    if (await isExecutable(file)) return;
  }
  throw new FiredrillError(
    `Cannot start ${owner}: there is no program "${program}"${program.includes("/") ? "" : " on the PATH"}. Check its command.`,
  );
}

const isExecutable = (file: string): Promise<boolean> =>
  access(file, constants.X_OK).then(
    () => true,
    () => false,
  );
