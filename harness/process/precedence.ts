/**
 * Asks the system for precedence, for Firedrill itself and for the clients it starts, where the clock goes with the wall's: at x100
 * whoever waits 10 ms for a CPU has waited a second of incident. It is granted to root, in CI for instance; elsewhere it does nothing.
 */

import { writeFile } from "node:fs/promises";
import { setPriority } from "node:os";
import { statOf } from "./process-tree.ts";

const niceness = -10;

/** @param pid This process where none is given. */
export async function askForPrecedence(pid: number = process.pid): Promise<void> {
  try {
    setPriority(pid, niceness);
    // Where Linux groups processes by session, a process's niceness only counts within its group. A session that others
    // lead is left alone: the shell's other jobs would be lifted along, and take the CPU from the client.
    if (statOf(pid)?.sessionId === pid) await writeFile(`/proc/${pid}/autogroup`, String(niceness));
  } catch {
    // Not permitted, or not Linux. What this machine is late by is measured, and a verdict that hangs on it is unknown.
  }
}
