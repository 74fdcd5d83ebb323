/**
 * From the start of a process to its first answer, as `firedrill mock exchange` is started: with the compile cache that
 * the command keeps. The first start fills it and does not count. Wall time, because that is what a user waits.
 */

import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { wallClock } from "../../core/clock.ts";
import { median, type Row } from "./measure.ts";

const command = fileURLToPath(new URL("../../bin/firedrill.js", import.meta.url));
const starts = 9;
const mostMs = 300;
/** Where Node with nothing to do takes longer, the machine is not its own master. */
const busyMs = 60;

export async function startUp(): Promise<Row> {
  const tookMs: number[] = [];
  for (let at = -1; at < starts; at += 1) {
    const startMs = wallClock.elapsed();
    const child = spawn(process.execPath, [command, "mock", "exchange"], { stdio: ["ignore", "pipe", "inherit"] });
    let said = "";
    for await (const chunk of child.stdout) {
      said += String(chunk);
      if (/http:\/\/127\.0\.0\.1:\d+/.test(said)) break;
    }
    const url = /http:\/\/127\.0\.0\.1:\d+/.exec(said)?.[0] ?? "";
    const reply = await fetch(`${url}/v5/market/time`);
    if (!reply.ok) throw new Error(`the exchange answered with ${reply.status}`);
    if (at >= 0) tookMs.push(wallClock.elapsed() - startMs);
    child.kill();
    await once(child, "exit");
  }
  const ms = median(tookMs);
  const bareMs = median(await bareStarts());
  return {
    ...{ what: "start of a process to first answer", figure: `${ms.toFixed(0)} ms` },
    bar: `under ${mostMs} ms (a bare Node takes ${bareMs.toFixed(0)})`,
    held: ms < mostMs || (bareMs > busyMs ? "unknown" : false),
  };
}

async function bareStarts(): Promise<number[]> {
  const tookMs: number[] = [];
  for (let at = 0; at < starts; at += 1) {
    const startMs = wallClock.elapsed();
    await once(spawn(process.execPath, ["-e", ""]), "exit");
    tookMs.push(wallClock.elapsed() - startMs);
  }
  return tookMs;
}
