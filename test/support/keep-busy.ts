/** Programs that keep every core busy until the test has finished. */

import { spawn } from "node:child_process";
import { once } from "node:events";
import { cpus } from "node:os";
import { onTestFinished } from "vitest";

export async function keepBusy(): Promise<void> {
  const loops = cpus().map(() =>
    spawn("sh", ["-c", "echo; while :; do :; done"], { stdio: ["ignore", "pipe", "ignore"] }),
  );
  onTestFinished(() => loops.forEach((loop) => loop.kill("SIGKILL")));
  await Promise.all(loops.map(({ stdout }) => once(stdout, "data")));
}
