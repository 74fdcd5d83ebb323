/**
 * The processes of a client as the kernel shows them in `/proc` (Linux): who descends from whom, what each runs, and
 * whether it runs, is stopped, or is gone. It only looks; signals are sent by those who ask.
 */

import { readdirSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import { readKernel } from "./read-kernel.ts";

export interface SeenProcess {
  pid: number;
  parentPid: number;
  /** `gone` is a process that has ended, whether or not its parent has noticed. */
  state: "running" | "stopped" | "gone";
  /** Program and arguments, joined by spaces. */
  command: string;
}

/** Whether this system shows its processes. */
export const showsProcesses = process.platform === "linux";

/** What the kernel says of a process, or undefined where there is none. */
export function statOf(
  pid: number,
): (Pick<SeenProcess, "state" | "parentPid"> & { groupId: number; sessionId: number }) | undefined {
  const stat = readKernel(`/proc/${pid}/stat`);
  if (stat === undefined) return undefined;
  // The name in parentheses may hold anything, parentheses too.
  const [letter = "", parent, group, session] = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  return { state: stateOf(letter), parentPid: Number(parent), groupId: Number(group), sessionId: Number(session) };
}

/** The pid that was given last, to a process or a thread; undefined where the system does not show it. */
export const newestPid = (): string | undefined => readKernel("/proc/loadavg")?.trim().split(" ")[4];

/**
 * Program and arguments of a process, joined by spaces; empty where there is none. The kernel takes them from the memory
 * of the process and may have to wait for that, so nobody waits with it.
 */
export async function commandOf(pid: number): Promise<string> {
  const commandLine = await readFile(`/proc/${pid}/cmdline`, "utf8").catch(() => "");
  return commandLine.replaceAll("\0", " ").trim();
}

/** How a process is now. One that does not exist is `gone`. */
export async function lookAt(pid: number): Promise<SeenProcess> {
  const command = await commandOf(pid);
  const stat = statOf(pid);
  return { pid, parentPid: stat?.parentPid ?? 0, state: stat?.state ?? "gone", command };
}

const stateOf = (letter: string): SeenProcess["state"] =>
  letter === "T" || letter === "t" ? "stopped" : "ZXx".includes(letter) ? "gone" : "running";

/** Those that a process has started and that still are its children; undefined where the system does not list them. */
export function childrenOf(pid: number): number[] | undefined {
  const threads = listOf(`/proc/${pid}/task`);
  const lists = threads.map((thread) => readKernel(`/proc/${pid}/task/${thread}/children`));
  if (threads.length > 0 && lists.every((list) => list === undefined)) return undefined;
  return lists.flatMap((list) => list?.trim().split(" ").filter(Boolean).map(Number) ?? []);
}

/** All that descend from a process, parents first; undefined where the system does not list them. */
export function descendantsOf(rootPid: number): number[] | undefined {
  const found = childrenOf(rootPid);
  if (found === undefined) return undefined;
  for (const pid of found) found.push(...(childrenOf(pid) ?? []));
  return found;
}

function listOf(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

/** A process and all that descend from it, parents first. */
export async function processTree(rootPid: number): Promise<SeenProcess[]> {
  const descendants = descendantsOf(rootPid);
  if (descendants !== undefined) {
    const seen = await Promise.all([rootPid, ...descendants].map(lookAt));
    return seen.filter(({ state }) => state !== "gone");
  }
  const pids = (await readdir("/proc")).filter((name) => /^\d+$/.test(name)).map(Number);
  const all = (await Promise.all(pids.map(lookAt))).filter(({ state }) => state !== "gone");
  const tree = all.filter(({ pid }) => pid === rootPid);
  for (const parent of tree) tree.push(...all.filter(({ parentPid }) => parentPid === parent.pid));
  return tree;
}
