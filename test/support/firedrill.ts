/** Runs the real command line as a process of its own, as a user or CI does. */

import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, onTestFinished } from "vitest";
import type { RunResult } from "../../harness/runner/result.ts";

const bin = fileURLToPath(new URL("../../bin/firedrill.js", import.meta.url));

/** A test that fails before its run has ended must not leave it to the tests of the next file. */
const running = new Set<ChildProcess>();
afterAll(() => running.forEach((child) => child.kill("SIGKILL")));

export interface Invocation {
  child: ChildProcess;
  /** Resolves when it has ended. */
  done: Promise<{ code: number | null; signal: NodeJS.Signals | null; stdout: string; stderr: string }>;
}

export function start(
  args: readonly string[],
  options: { cwd?: string; env?: Record<string, string> } = {},
): Invocation {
  const child = spawn(process.execPath, [bin, ...args], {
    cwd: options.cwd,
    env: { ...process.env, ...options.env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  running.add(child);
  child.once("exit", () => running.delete(child));
  const output = { stdout: "", stderr: "" };
  child.stdout.setEncoding("utf8").on("data", (text: string) => (output.stdout += text));
  child.stderr.setEncoding("utf8").on("data", (text: string) => (output.stderr += text));
  const done = once(child, "close").then(([code, signal]) => ({
    code: code as number | null,
    signal: signal as NodeJS.Signals | null,
    ...output,
  }));
  return { child, done };
}

export const firedrill = (args: readonly string[], options: Parameters<typeof start>[1] = {}): Invocation["done"] =>
  start(args, options).done;

/**
 * A folder that is gone after the test.
 * @param finished Of the test's own context where several run at once: the module's own is that of any of them.
 */
export async function scratch(finished: typeof onTestFinished = onTestFinished): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "firedrill-test-"));
  finished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

export const resultOf = async (output: string): Promise<RunResult> =>
  JSON.parse(await readFile(join(output, "result.json"), "utf8")) as RunResult;
