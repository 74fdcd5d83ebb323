/**
 * How the processes of a run are known, wherever they go (Linux). A variable of the environment says whose they are, but
 * a process may start another with an empty environment. So they also carry a limit that the kernel hands on to every
 * child and keeps through every exec, whatever becomes of parent, session and environment: that of file locks, which
 * Linux has not heeded since 2.4.25, and which anyone may set and everyone may read. Whoever changes that limit on
 * purpose, and clears the environment as well, is not found; nor is anything where `/proc` does not show limits.
 */

import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { wallClock } from "../../core/clock.ts";
import { readKernel } from "./read-kernel.ts";

const variable = "FIREDRILL_RUN";
/** The kernel kills at once; a process that hangs in a driver is gone when the driver is done. */
const goneWithinMs = 5_000;
const lookEveryMs = 5;

/** The mark in the environment, with which the client is started. */
export const environmentMark = (run: string): Record<string, string> => ({ [variable]: run });

/** The mark that the kernel keeps: a number that no administrator sets. */
export const fileLocksMark = (run: string): number =>
  2 ** 40 + createHash("sha256").update(run).digest().readUIntBE(0, 5);

/** Whether the kernel says that this process is of the run. */
export const carriesMark = (pid: number, run: string): boolean =>
  new RegExp(`^Max file locks\\s+${fileLocksMark(run)}\\s`, "m").test(readKernel(`/proc/${pid}/limits`) ?? "");

/** Every process of the run that goes on, by either mark. */
export async function processesOf(run: string): Promise<number[]> {
  const names = await readdir("/proc").catch(() => []);
  const pids = names.filter((name) => /^\d+$/.test(name) && name !== String(process.pid)).map(Number);
  const found = await Promise.all(
    pids.map(async (pid) => (carriesMark(pid, run) || (await hasVariable(pid, run)) ? [pid] : [])),
  );
  return found.flat();
}

/** Ends every process of the run, and what they start meanwhile. */
export async function killProcessesOf(run: string): Promise<void> {
  const untilMs = wallClock.elapsed() + goneWithinMs;
  for (let found = await processesOf(run); found.length > 0; found = await processesOf(run)) {
    found.forEach(kill);
    if (wallClock.elapsed() > untilMs) return;
    await wallClock.sleep(lookEveryMs);
  }
}

async function hasVariable(pid: number, run: string): Promise<boolean> {
  const environment = await readFile(`/proc/${pid}/environ`, "utf8").catch(() => "");
  return environment.split("\0").includes(`${variable}=${run}`);
}

function kill(pid: number): void {
  try {
    process.kill(pid, "SIGKILL");
  } catch {
    // It has ended by itself, or is another user's by now.
  }
}
