/** Against the kernel: two busy processes on one CPU have to wait for each other. */

import { spawn, type ChildProcess } from "node:child_process";
import { existsSync } from "node:fs";
import { afterEach, expect, test } from "vitest";
import { thisThread } from "../../core/threads.ts";
import { cpuWaitMs, watchCpuWait } from "./cpu-wait.ts";

const known = existsSync("/proc/self/schedstat");
if (!known) console.log("skipped: the tests of a wait for a CPU; this system keeps no account of it in /proc.");

const busy: ChildProcess[] = [];
afterEach(() => busy.splice(0).forEach((child) => child.kill("SIGKILL")));

/** A loop that never ends, on the first CPU alone. */
function spin(): number {
  const child = spawn("taskset", ["-c", "0", "sh", "-c", "while :; do :; done"], { stdio: "ignore" });
  busy.push(child);
  if (child.pid === undefined) throw new Error("there is no taskset");
  return child.pid;
}

test.skipIf(!known)("one of two that share a CPU waits, and is known again and again", async () => {
  const pid = spin();
  spin();
  const waits: number[] = [];
  const enough = Promise.withResolvers<undefined>();
  const stop = watchCpuWait(
    () => [{ pid }],
    (wallMs) => {
      waits.push(wallMs);
      if (waits.length === 3) enough.resolve(undefined);
    },
  );
  await enough.promise;
  stop();
  expect(Math.min(...waits)).toBeGreaterThanOrEqual(10);
  expect(cpuWaitMs({ pid, tid: pid })).toBeGreaterThanOrEqual(30);
});

test.skipIf(!known)("who sleeps does not wait, nor does one that is gone", async () => {
  const sleeper = spawn("sleep", ["0.5"], { stdio: "ignore" });
  const waits: number[] = [];
  const stop = watchCpuWait(
    () => [{ pid: sleeper.pid ?? NaN }],
    (wallMs) => waits.push(wallMs),
  );
  await new Promise((resolve) => sleeper.once("exit", resolve));
  stop();
  expect(waits).toEqual([]);
});

test.skipIf(!known)("a thread knows its own number", () => {
  const { pid, tid } = thisThread();
  expect(pid).toBe(process.pid);
  expect(existsSync(`/proc/${pid}/task/${tid ?? ""}/schedstat`)).toBe(true);
});
