/** The reaper's own process: reads what must go, waits for the pipe to close, removes it. See `reaper.ts`. */

import { readdir, readFile, rm } from "node:fs/promises";
import { createInterface } from "node:readline";
import type { Leftover, ReaperMessage } from "./reaper.ts";

const leftovers = new Map<number, Leftover>();

for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => undefined);

for await (const line of createInterface({ input: process.stdin })) {
  const message = JSON.parse(line) as ReaperMessage;
  if ("add" in message) leftovers.set(message.id, message.add);
  else leftovers.delete(message.remove);
}
await Promise.allSettled([...leftovers.values()].map(remove));

async function remove(leftover: Leftover): Promise<void> {
  switch (leftover.kind) {
    case "group":
      process.kill(-leftover.pid, "SIGKILL");
      return;
    case "marked":
      return killMarked(leftover.variable);
    case "path":
      return rm(leftover.path, { recursive: true, force: true });
    case "http":
      await fetch(leftover.url, { method: "DELETE", signal: AbortSignal.timeout(2_000) });
      return;
  }
}

async function killMarked(variable: string): Promise<void> {
  const pids = (await readdir("/proc")).filter((name) => /^\d+$/.test(name)).map(Number);
  await Promise.allSettled(
    pids.map(async (pid) => {
      const environment = await readFile(`/proc/${pid}/environ`, "utf8");
      if (pid !== process.pid && environment.split("\0").includes(variable)) process.kill(pid, "SIGKILL");
    }),
  );
}
