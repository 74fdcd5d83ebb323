/** The reaper's own process: reads what must go, waits for the pipe to close, removes it. See `reaper.ts`. */

import { rm } from "node:fs/promises";
import { createInterface } from "node:readline";
import { wallClock } from "../../core/clock.ts";
import type { Leftover, ReaperMessage } from "./reaper.ts";
import { killProcessesOf, processesOf } from "./run-mark.ts";

/** Time for a gate to notice that we are gone. */
const gateExitMs = 300;
/** A machine with many runs to clean up after is slow; a Toxiproxy that is gone refuses at once. */
const deletedWithinMs = 30_000;
const leftovers = new Map<number, Leftover>();

for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => undefined);

for await (const line of createInterface({ input: process.stdin })) {
  const message = JSON.parse(line) as ReaperMessage;
  if ("add" in message) leftovers.set(message.id, message.add);
  else leftovers.delete(message.remove);
}
// What is known by name goes first: a gate that has just lost us (see `gate.ts`) cleans up and exits by itself.
const [byMark, byName] = partition([...leftovers.values()], ({ kind }) => kind === "run");
await Promise.allSettled(byName.map(remove));
await Promise.allSettled(byMark.map(remove));

function partition<T>(list: readonly T[], belongs: (item: T) => boolean): [T[], T[]] {
  return [list.filter(belongs), list.filter((item) => !belongs(item))];
}

async function remove(leftover: Leftover): Promise<void> {
  switch (leftover.kind) {
    case "group":
      process.kill(-leftover.pid, "SIGKILL");
      return;
    case "run":
      return killRun(leftover.run);
    case "path":
      return rm(leftover.path, { recursive: true, force: true });
    case "http":
      await fetch(leftover.url, { method: "DELETE", signal: AbortSignal.timeout(deletedWithinMs) });
      return;
  }
}

async function killRun(run: string): Promise<void> {
  if ((await processesOf(run)).length === 0) return;
  await wallClock.sleep(gateExitMs);
  await killProcessesOf(run);
}
