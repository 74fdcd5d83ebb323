import { spawn } from "node:child_process";
import { once } from "node:events";
import { expect, test } from "vitest";
import { lookAt, processTree, showsProcesses } from "./process-tree.ts";

const program =
  'require("child_process").spawn(process.execPath, ["-e", "setInterval(() => {}, 1e6)", "a (child) of it"]); console.log("up")';

test.skipIf(!showsProcesses)("a process, its child, and what becomes of them", async () => {
  const parent = spawn(process.execPath, ["-e", program], { stdio: ["ignore", "pipe", "ignore"], detached: true });
  const pid = parent.pid ?? NaN;
  try {
    await once(parent.stdout, "data");
    const tree = await processTree(pid);
    expect(tree.map(({ parentPid }) => parentPid)).toEqual([process.pid, pid]);
    expect(tree[1]?.command).toContain("a (child) of it");
    expect((await lookAt(pid)).state).toBe("running");

    process.kill(pid, "SIGSTOP");
    await expect.poll(async () => (await lookAt(pid)).state).toBe("stopped");
  } finally {
    process.kill(-pid, "SIGKILL");
  }
  await once(parent, "close");
  expect(await lookAt(pid)).toEqual({ pid, parentPid: 0, state: "gone", command: "" });
  expect(await processTree(pid)).toEqual([]);
});
