/** In a real session, led by a shell that goes on after us: what a user's terminal is. */

import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { afterEach, expect, test } from "vitest";

const granted = process.getuid?.() === 0 && existsSync("/proc/self/autogroup");
if (!granted) console.log("skipped: the tests of precedence; this system does not group by session, or not for us.");

const holder = fileURLToPath(new URL("../../test/support/precedence-holder.ts", import.meta.url));
const shells: ChildProcess[] = [];
afterEach(() => shells.splice(0).forEach(({ pid }) => pid !== undefined && process.kill(-pid, "SIGKILL")));

/** A shell whose session has niceness 2, and how to start a program in it that asks for precedence. */
async function terminal(): Promise<{ niceness: () => number; start: () => Promise<number> }> {
  const shell = spawn("/bin/sh", ["-c", 'while read -r _; do "$0" "$1" & done', process.execPath, holder], {
    detached: true,
    stdio: ["pipe", "pipe", "inherit"],
  });
  await once(shell, "spawn");
  shells.push(shell);
  const path = `/proc/${shell.pid}/autogroup`;
  writeFileSync(path, "2");
  const pids = createInterface({ input: shell.stdout });
  return {
    niceness: () => Number(/ nice (-?\d+)/.exec(readFileSync(path, "utf8"))?.[1]),
    async start() {
      shell.stdin.write("\n");
      const [pid] = (await once(pids, "line")) as [string];
      return Number(pid);
    },
  };
}

test.skipIf(!granted)("what shares the session is lifted less than a client, and only while it lasts", async () => {
  const { niceness, start } = await terminal();
  const pid = await start();
  expect(niceness()).toBe(-3);
  process.kill(pid, "SIGTERM");
  await expect.poll(niceness).toBe(2);
});

test.skipIf(!granted)("killed, it leaves the session as it was", async () => {
  const { niceness, start } = await terminal();
  const pid = await start();
  expect(niceness()).toBe(-3);
  process.kill(pid, "SIGKILL");
  await expect.poll(niceness, { timeout: 10_000 }).toBe(2);
});

test.skipIf(!granted)("a second one leaves it to the first", async () => {
  const { niceness, start } = await terminal();
  const first = await start();
  const second = await start();
  process.kill(first, "SIGTERM");
  await expect.poll(niceness).toBe(2);
  process.kill(second, "SIGTERM");
  await expect.poll(() => existsSync(`/proc/${second}/exe`)).toBe(false);
  expect(niceness()).toBe(2);
});
