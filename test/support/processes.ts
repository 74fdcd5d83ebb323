/** Looks at the processes and listening ports of this machine (Linux), to see what a run leaves behind. */

import { readdir, readFile, readlink } from "node:fs/promises";

/** All descendants of a process, children of children included. */
export async function descendants(root: number): Promise<number[]> {
  const parents = new Map<number, number>();
  for (const pid of await pids()) {
    const stat = await readFile(`/proc/${pid}/stat`, "utf8").catch(() => "");
    const ppid = Number(stat.slice(stat.lastIndexOf(")") + 2).split(" ")[1]);
    if (stat !== "") parents.set(pid, ppid);
  }
  const found: number[] = [];
  let frontier = [root];
  while (frontier.length > 0) {
    frontier = [...parents].filter(([, ppid]) => frontier.includes(ppid)).map(([pid]) => pid);
    found.push(...frontier);
  }
  return found;
}

/** The TCP ports that these processes listen on. */
export async function listeningPorts(of: readonly number[]): Promise<number[]> {
  const inodes = new Set<string>();
  for (const pid of of) {
    for (const fd of await readdir(`/proc/${pid}/fd`).catch(() => [])) {
      const target = await readlink(`/proc/${pid}/fd/${fd}`).catch(() => "");
      const inode = /^socket:\[(\d+)\]$/.exec(target)?.[1];
      if (inode !== undefined) inodes.add(inode);
    }
  }
  const listening = "0A";
  return (await readFile("/proc/net/tcp", "utf8"))
    .split("\n")
    .slice(1)
    .map((line) => line.trim().split(/\s+/))
    .filter((columns) => columns[3] === listening && inodes.has(columns[9] ?? ""))
    .map((columns) => parseInt(columns[1]?.split(":")[1] ?? "", 16));
}

/** Processes that have this `NAME=value` in their environment. */
export async function marked(variable: string): Promise<number[]> {
  const found = await Promise.all(
    (await pids()).map(async (pid) => {
      const environment = await readFile(`/proc/${pid}/environ`, "utf8").catch(() => "");
      return environment.split("\0").includes(variable) ? [pid] : [];
    }),
  );
  return found.flat();
}

/** The command line of a process, empty where it is gone. */
export async function commandLine(pid: number): Promise<string> {
  return (await readFile(`/proc/${pid}/cmdline`, "utf8").catch(() => "")).replaceAll("\0", " ");
}

/** Whether a process is there and not just a zombie that nobody has waited for. */
export async function isAlive(pid: number): Promise<boolean> {
  const stat = await readFile(`/proc/${pid}/stat`, "utf8").catch(() => "");
  return stat !== "" && !/^\) [ZX]/.test(stat.slice(stat.lastIndexOf(")")));
}

const pids = async (): Promise<number[]> => (await readdir("/proc")).filter((name) => /^\d+$/.test(name)).map(Number);
