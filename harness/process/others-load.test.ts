/** Against the kernel: real programs that keep every core busy, and what this process does itself. */

import { cpus } from "node:os";
import { expect, test } from "vitest";
import { keepBusy } from "../../test/support/keep-busy.ts";
import { watchOthersLoad } from "./others-load.ts";

/** The kernel counts in steps of 10 ms. */
const roughly = 0.05;

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
