/** Real programs behind the gate: how each ends, and what is read of what it printed. */

import { randomUUID } from "node:crypto";
import { afterEach, beforeEach, expect, test } from "vitest";
import { startGated, type GatedProcess } from "./gate.ts";
import { showsProcesses } from "./process-tree.ts";
import { startReaper, type Reaper } from "./reaper.ts";
import { carriesMark, killProcessesOf, processesOf } from "./run-mark.ts";

let reaper: Reaper;
let run: string;
beforeEach(() => {
  reaper = startReaper();
  run = `test-${randomUUID()}`;
});
afterEach(async () => {
  await killProcessesOf(run);
  await reaper.close();
});

const PATH = process.env.PATH ?? "";
const shell = (script: string, of = run): Promise<GatedProcess> =>
  startGated({ owner: "the test", run: of, argv: ["/bin/sh", "-c", script], env: { PATH } }, reaper);
const collect = (child: GatedProcess): { out: string } => {
  const seen = { out: "" };
  child.stdout.setEncoding("utf8").on("data", (chunk: string) => (seen.out += chunk));
  child.stderr.resume();
  return seen;
};

test("ends with its program, though a process in another session holds its output open", async () => {
  const child = await shell("setsid sleep 99999999 & echo last words; exit 3");
  const seen = collect(child);
  expect(await child.exited).toEqual({ code: 3, signal: null });
  expect(seen.out).toBe("last words\n");
});

test("what it printed last is read to the end, as far as the kernel holds it", async () => {
  const child = await shell("setsid sleep 99999999 & yes 123456789 | head -c 150000; exit 0");
  const seen = collect(child);
  await child.exited;
  expect(seen.out).toHaveLength(150_000);
});

test("one that it left printing does not keep it from its end", async () => {
  const child = await shell("setsid yes & exit 0");
  collect(child);
  expect(await child.exited).toEqual({ code: 0, signal: null });
});

test("a program whose folder is not there is a mistake that names it", async () => {
  const started = startGated({ owner: "the test", argv: ["/bin/sh"], env: { PATH }, cwd: "/no/such" }, reaper);
  await expect(started).rejects.toThrow('Cannot start the test: there is no folder "/no/such" to start it in.');
});

test.skipIf(!showsProcesses).each([
  ["in a session of its own", "setsid sleep 99999999 &"],
  ["with an empty environment too", "env -i setsid sleep 99999999 &"],
  ["a daemon: an empty environment, a session of its own, no parent, no output", daemon()],
])("what it leaves running is the run's: %s", async (_what, script) => {
  const child = await shell(`${script} sleep 0.1; exit 0`);
  collect(child);
  const left = async (): Promise<number[]> => (await processesOf(run)).filter((pid) => pid !== child.pid);
  await expect.poll(left).not.toEqual([]);
  await killProcessesOf(run);
  expect(await processesOf(run)).toEqual([]);
});

test.skipIf(!showsProcesses)("another run's processes are not the run's", async () => {
  const other = `test-${randomUUID()}`;
  const child = await shell("echo up; sleep 99999999", other);
  const up = new Promise((resolve) => child.stdout.once("data", resolve));
  await up;
  expect(carriesMark(child.pid, other)).toBe(true);
  await killProcessesOf(run);
  expect(await processesOf(other)).toContain(child.pid);
  await killProcessesOf(other);
  expect(await child.exited).toEqual({ code: null, signal: "SIGKILL" });
});

/** Twice forked, so that nothing but the kernel's mark leads to it. */
function daemon(): string {
  return "env -i setsid /bin/sh -c '(sleep 99999999 > /dev/null 2>&1 < /dev/null &) ; exit 0' > /dev/null 2>&1;";
}
