/**
 * Starts a child process behind a gate: a shell that waits for one line before it turns into the program. In between
 * the reaper learns of it, so that there is no moment at which our death would orphan it; and what only counts from
 * the program's first instant (its clock) is computed as late as can be. If we die first, the gate reads end of file
 * and exits.
 */

import { spawn, type ChildProcess } from "node:child_process";
import type { Socket } from "node:net";
import type { Duplex, Readable } from "node:stream";
import { once } from "node:events";
import { constants } from "node:fs";
import { access, rm } from "node:fs/promises";
import { delimiter, isAbsolute, join, resolve } from "node:path";
import { wallClock } from "../../core/clock.ts";
import { FiredrillError } from "../../core/errors.ts";
import { askForPrecedence } from "./precedence.ts";
import type { Leftover, Reaper } from "./reaper.ts";
import { environmentMark, fileLocksMark } from "./run-mark.ts";

export interface GatedCommand {
  /** For error messages: whose program this is. */
  owner: string;
  /** The run that it belongs to, by whose marks all that it starts is known (see `run-mark.ts`). */
  run?: string;
  argv: readonly [string, ...string[]];
  env: Readonly<Record<string, string>>;
  cwd?: string;
  /** Variables that are set at the last moment; it is given how long ago the gate's shell was loaded, in wall ms. */
  late?: (loadedAgoMs: number) => Readonly<Record<string, string>>;
  /** Files that it would leave behind if it were killed, with `{pid}` for its process id. */
  leftovers?: readonly string[];
  /** Its waits for a CPU are incident time: it is to come before other programs. */
  precedence?: boolean;
  /** Called when the program has ended, before what it left running in its group is ended. */
  beforeCleanup?: () => Promise<void>;
}

export interface GatedProcess {
  readonly pid: number;
  readonly stdout: Readable;
  readonly stderr: Readable;
  /** Resolves when the process has ended and what it had printed is read, whoever else holds its output open. */
  readonly exited: Promise<{ code: number | null; signal: NodeJS.Signals | null }>;
  /** Signals the whole process group, as a terminal or systemd does. */
  kill(signal: NodeJS.Signals): void;
}

/** More than the kernel holds of what a process has printed and nobody has read yet. */
const mostUnread = 2 ** 20;

/**
 * Takes the mark of its run (dash and ash know the limit as -w, bash as -x), says it is there, reads `NAME=value` lines up to an empty one, then becomes the program. At end of file, which is our
 * death before the reaper knew of it, it removes what the library loaded into it would leave behind, and exits. A
 * broken pipe means the same, so it must not end the shell before that.
 */
const gate = `
leftovers=$1 locks=$2; shift 2
trap '' PIPE
{ [ -z "$locks" ] || ulimit -w "$locks" || ulimit -x "$locks"; } 2>/dev/null
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
  const { run, cwd, env, argv, leftovers = [] } = command;
  const ownLeftovers = leftovers.map((path) => path.replace("{pid}", () => "$$")).join(" ");
  const locks = run === undefined ? "" : String(fileLocksMark(run));
  const child = spawn("/bin/sh", ["-c", gate, "sh", ownLeftovers, locks, ...argv], {
    cwd,
    env: run === undefined ? env : { ...env, ...environmentMark(run) },
    stdio: ["ignore", "pipe", "pipe", "pipe"],
    detached: true,
  });
  const { pid } = child;
  if (pid === undefined) throw await notStarted(child, command);
  const [stdout, stderr] = [child.stdout as Socket, child.stderr as Socket];
  const spawnedAt = wallClock.elapsed();
  const ended = once(child, "exit");
  const files = leftovers.map((path) => path.replace("{pid}", String(pid)));
  const guarded: Leftover[] = [{ kind: "group", pid }, ...files.map((path): Leftover => ({ kind: "path", path }))];
  const releases = await Promise.all(guarded.map((leftover) => reaper.guard(leftover)));
  const exited = ended.then(async ([code, signal]) => {
    await command.beforeCleanup?.();
    // Whatever the program started in its own group goes with it.
    signalGroup(pid, "SIGKILL");
    await allRead([stdout, stderr]);
    await Promise.all(files.map((path) => rm(path, { force: true })));
    releases.forEach((release) => release());
    return { code: code as number | null, signal: signal as NodeJS.Signals | null };
  });
  if (command.precedence === true) await askForPrecedence(pid);
  await openGate(child, ended, spawnedAt, command.late);
  return { pid, stdout, stderr, exited, kill: (signal) => signalGroup(pid, signal) };
}

async function notStarted(child: ChildProcess, { owner, cwd }: GatedCommand): Promise<FiredrillError> {
  const [error] = (await once(child, "error").catch((thrown: unknown) => [thrown])) as [Error];
  if (cwd !== undefined && !(await isExecutable(cwd))) {
    return new FiredrillError(`Cannot start ${owner}: there is no folder "${cwd}" to start it in. Correct its cwd.`);
  }
  return new FiredrillError(`Cannot start ${owner}: ${error.message}. Is the system out of processes or memory?`);
}

/**
 * What the process had printed when it ended is with the kernel, and each turn of the event loop reads what is there.
 * The end of the streams says nothing: a process that it left behind may hold them open for ever, and go on printing.
 */
async function allRead(streams: readonly Socket[]): Promise<void> {
  const bytes = (): number => streams.reduce((sum, { bytesRead }) => sum + bytesRead, 0);
  const enough = bytes() + mostUnread;
  let before: number;
  do {
    before = bytes();
    // The first ends this turn; up to the second a whole one has passed.
    await nextTurn();
    await nextTurn();
  } while (bytes() > before && bytes() < enough && !streams.every(({ readableEnded }) => readableEnded));
}

const nextTurn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

async function openGate(
  child: ChildProcess,
  ended: Promise<unknown>,
  spawnedAt: number,
  late: GatedCommand["late"],
): Promise<void> {
  const control = child.stdio[3] as Duplex;
  // A program that ends at once may close the pipe before we have written.
  control.on("error", () => undefined);
  await Promise.race([once(control, "data"), ended]);
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
