/** One hour or less of two processes, on the clock that leaps or under libfaketime at a given speed. */

import { spawn, type ChildProcessByStdio } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { setTimeout as sleep } from "node:timers/promises";
import type { Readable, Writable } from "node:stream";
import { fileURLToPath } from "node:url";
import { faketime } from "../../harness/client/time/faketime.ts";
import { incidentClock } from "../../core/clock.ts";
import { startClock, type ClockReport } from "../../leap/index.ts";

type Child = ChildProcessByStdio<Writable, Readable, Readable | null>;
export interface Measured {
  answerMs: number[];
  ageMs: number[];
  wallMs: number;
  incidentMs: number;
}

const start = "2025-10-22T00:00:00Z";
const script = (name: string): string => fileURLToPath(new URL(name, import.meta.url));

async function firstLine(child: Child): Promise<string> {
  const lines = createInterface({ input: child.stdout });
  const [line] = (await once(lines, "line")) as [string];
  return line;
}

async function resultOf(client: Child): Promise<Pick<Measured, "answerMs" | "ageMs">> {
  const lines = createInterface({ input: client.stdout });
  client.kill("SIGTERM");
  const [line] = (await once(lines, "line")) as [string];
  return JSON.parse(line) as Measured;
}

/** So much incident of the pair on the clock that leaps. */
export async function leapt(incidentMs: number): Promise<Measured & { report: ClockReport }> {
  await using clock = await startClock({ start });
  const server = clock.spawn([process.execPath, script("server.mjs")], { group: "testbed" });
  const port = await firstLine(server);
  const client = clock.spawn([process.execPath, script("client.mjs"), port], { group: "client" });
  await firstLine(client);
  const from = performance.now();
  await clock.until(incidentMs);
  const wallMs = performance.now() - from;
  const report = await clock.report();
  clock.release();
  return { ...(await resultOf(client)), wallMs, incidentMs: report.incidentMs, report };
}

/** The same pair under libfaketime, so many times as fast as the wall, for so long on the wall. */
export async function faked(compression: number, wallMs: number): Promise<Measured> {
  const clock = incidentClock({ start, compression });
  const launch = (file: string, ...args: string[]): Child => {
    const env = { ...process.env, ...faketime.environment(clock, {}, ""), ...faketime.late(clock, 0, 0) };
    return spawn(process.execPath, [script(file), ...args], { env, stdio: ["pipe", "pipe", "inherit"] });
  };
  const server = launch("server.mjs");
  const client = launch("client.mjs", await firstLine(server));
  await firstLine(client);
  await sleep(wallMs);
  const result = await resultOf(client);
  server.kill("SIGKILL");
  return { ...result, wallMs, incidentMs: wallMs * compression };
}

/** µs a leap, of two processes with nothing but a timer each. */
export async function leapCostUs(incidentMs: number): Promise<number> {
  await using clock = await startClock({ start });
  for (const group of ["testbed", "client"] as const)
    await firstLine(clock.spawn([process.execPath, script("timers.mjs")], { group }));
  const from = performance.now();
  await clock.until(incidentMs);
  const wallMs = performance.now() - from;
  return (wallMs * 1_000) / (await clock.report()).leaps;
}
