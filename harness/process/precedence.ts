/**
 * Asks the system for precedence, for Firedrill itself and for the clients it starts: at x240 whoever waits 10 ms for a
 * CPU has waited 2.4 s of incident. It is granted to root, in CI for instance; elsewhere it does nothing.
 */

import { readFile, writeFile } from "node:fs/promises";
import { setPriority } from "node:os";
import { statOf } from "./process-tree.ts";
import type { Reaper } from "./reaper.ts";

const niceness = -10;
/**
 * Where Linux groups processes by session, whatever shares Firedrill's session is lifted along: the shell's other jobs, a
 * build, a test runner. Lifted as high as the client they would take the CPU from it, so this is less.
 */
const ownSessionNiceness = -3;

/** For a process that leads a session of its own: a client, a proxy. */
export async function askForPrecedence(pid: number): Promise<void> {
  try {
    setPriority(pid, niceness);
    // A process's niceness only counts within its session; this is the session's.
    await writeFile(`/proc/${pid}/autogroup`, String(niceness));
  } catch {
    // Not permitted, or not Linux. What this machine is late by is measured, and a verdict that hangs on it is unknown.
  }
}

/** For Firedrill itself. @returns The way to give it back: the session goes on when Firedrill has ended. */
export async function askForOwnPrecedence(reaper: Reaper): Promise<() => Promise<void>> {
  const nothing = (): Promise<void> => Promise.resolve();
  try {
    setPriority(niceness);
    const session = (await statOf(process.pid))?.sessionId;
    if (session === undefined) return nothing;
    const path = `/proc/${session}/autogroup`;
    const [, before] = / nice (-?\d+)$/.exec((await readFile(path, "utf8")).trim()) ?? [];
    // Another Firedrill in this session has asked already, and gives it back.
    if (before === undefined || Number(before) <= ownSessionNiceness) return nothing;
    const release = await reaper.guard({ kind: "niceness", path, niceness: Number(before) });
    await writeFile(path, String(ownSessionNiceness));
    return async () => {
      await writeFile(path, before).catch(() => undefined);
      release();
    };
  } catch {
    return nothing;
  }
}
