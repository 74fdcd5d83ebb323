/**
 * Runs one program to its end, on the kernel's clock or on one that leaps. Either has a limit of wall time: what does not
 * end by then is a hang, and the error says where the clock stood and what it waited for.
 */

import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { setTimeout as wallTime } from "node:timers/promises";
import { startClock, type ClockReport, type LeapClock } from "../../../leap/index.ts";

export interface Ended {
  stdout: string;
  stderr: string;
  /** The exit code, or the signal's name. */
  status: number | string;
}
export interface RunOptions {
  limitMs: number;
  env?: Record<string, string>;
}
export const clockStart = "2025-10-22T03:00:00.000Z";

type Argv = readonly [string, ...string[]];

export class Hang extends Error {
  constructor(argv: Argv, limitMs: number, stdout: string, seen: string) {
    super(
      `${argv.join(" ")} has not ended after ${limitMs} ms of wall time; ${seen}; it said:\n${stdout.slice(-2_000)}`,
    );
  }
}

async function toTheEnd(
  argv: Argv,
  child: ChildProcess,
  limitMs: number,
  onHang: () => Promise<string>,
): Promise<Ended> {
  let stdout = "";
  let stderr = "";
  child.stdout?.setEncoding("utf8").on("data", (text: string) => (stdout += text));
  child.stderr?.setEncoding("utf8").on("data", (text: string) => (stderr += text));
  child.stdin?.end();
  const over = new AbortController();
  const closed = once(child, "close") as Promise<[number | null, NodeJS.Signals | null]>;
  const end = await Promise.race([closed, wallTime(limitMs, undefined, { signal: over.signal })]).finally(() =>
    over.abort(),
  );
  if (end !== undefined) return { stdout, stderr, status: end[0] ?? end[1] ?? "" };
  throw new Hang(argv, limitMs, stdout + stderr, await onHang());
}

/** On the kernel's clock. */
export async function runBare(argv: Argv, { limitMs, env = {} }: RunOptions): Promise<Ended> {
  const child = spawn(argv[0], argv.slice(1), { env: { ...process.env, ...env }, detached: true });
  return toTheEnd(argv, child, limitMs, () => {
    if (child.pid !== undefined) process.kill(-child.pid, "SIGKILL");
    return Promise.resolve("on the kernel's clock");
  });
}

async function whereItStands(clock: LeapClock): Promise<string> {
  const report = await Promise.race([clock.report(), wallTime(5_000)]);
  return report === undefined ? "the coordinator does not answer" : `the coordinator reports ${JSON.stringify(report)}`;
}

/** On a clock of its own that leaps, let go at once. */
export async function runOnClock(
  argv: Argv,
  { limitMs, env = {} }: RunOptions,
): Promise<Ended & { report: ClockReport }> {
  await using clock = await startClock({ start: clockStart });
  const child = clock.spawn(argv, { group: "client", env: { ...process.env, ...env } });
  clock.release();
  const ended = await toTheEnd(argv, child, limitMs, () => whereItStands(clock));
  return { ...ended, report: await clock.report() };
}
