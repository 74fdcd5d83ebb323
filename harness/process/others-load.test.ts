/** Against the kernel: real programs that keep every core busy, and what this process does itself. */

import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { availableParallelism, cpus } from "node:os";
import { afterEach, expect, test } from "vitest";
import { watchOthersLoad } from "./others-load.ts";

/** The kernel counts in steps of 10 ms. */
const roughly = 0.05;

const busy: ChildProcess[] = [];
afterEach(() => busy.splice(0).forEach((child) => child.kill("SIGKILL")));

async function keepBusy(): Promise<void> {
  const loops = Array.from({ length: availableParallelism() }, () =>
    spawn("sh", ["-c", "echo; while :; do :; done"], { stdio: ["ignore", "pipe", "ignore"] }),
  );
  busy.push(...loops);
  await Promise.all(loops.map(({ stdout }) => once(stdout, "data")));
}

test("programs that keep every core busy are seen", async () => {
  await keepBusy();
  expect(await watchOthersLoad().share()).toBeGreaterThan(0.7);
});

test("what this process uses itself is left out, however busy the rest is", async () => {
  await keepBusy();
  const watch = watchOthersLoad();
  const startMs = performance.now();
  const before = process.cpuUsage();
  while (process.cpuUsage(before).user < 400_000);
  const { user, system } = process.cpuUsage(before);
  const share = (await watch.share()) ?? NaN;
  const own = (user + system) / 1_000 / ((performance.now() - startMs) * cpus().length);
  expect(share).toBeLessThan(1 - own + roughly);
});
