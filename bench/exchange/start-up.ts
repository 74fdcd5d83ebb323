/**
 * The start, as a user and as a test meets it: `firedrill mock exchange` from the start of its process until it listens,
 * and an exchange made in a process that runs already. The command keeps a compile cache; its first start fills that
 * and does not count. Wall time is what a user waits, CPU time what it costs on a machine that does other things, too.
 */

import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { wallClock } from "../../core/clock.ts";
import { Journal } from "../../core/journal/journal.ts";
import { startExchange } from "../../mock-exchange/server.ts";
import { cpuMs, median, type Row } from "./measure.ts";

const command = fileURLToPath(new URL("../../bin/firedrill.js", import.meta.url));
const starts = 15;
const mostMs = 300;
const listening = /http:\/\/127\.0\.0\.1:\d+/;
/** Linux counts a process's CPU time in hundredths of a second. */
const tickMs = 10;

interface Took {
  wallMs: number;
  cpuMs: number;
}

export async function startUp(): Promise<Row[]> {
  const [mock, bare]: [Took[], Took[]] = [[], []];
  for (let at = -1; at < starts; at += 1) {
    const [own, node] = [await start([command, "mock", "exchange"], listening), await start(["-e", idle], /up/)];
    if (at < 0) continue;
    mock.push(own);
    bare.push(node);
  }
  const made = await warmStarts();
  const wallMs = median(mock.map((took) => took.wallMs));
  const cpu = median(mock.map((took) => took.cpuMs));
  return [
    {
      ...{
        what: "process start to listening",
        figure: text(mock),
        bar: `under ${mostMs} ms (a bare Node: ${text(bare)})`,
      },
      // Where the CPU time would do and the wall time does not, the machine was busy with something else.
      held: wallMs < mostMs || (cpu < mostMs ? "unknown" : false),
    },
    {
      what: "an exchange in a warm process",
      figure: text(made),
      bar: `under ${mostMs} ms`,
      held: median(made.map((took) => took.wallMs)) < mostMs,
    },
  ];
}

const idle = "console.log('up'); setInterval(() => undefined, 60_000)";

const text = (all: readonly Took[]): string =>
  `${median(all.map((took) => took.wallMs)).toFixed(0)} ms, CPU ${median(all.map((took) => took.cpuMs)).toFixed(0)} ms`;

async function start(args: readonly string[], until: RegExp): Promise<Took> {
  const startMs = wallClock.elapsed();
  const child = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "inherit"] });
  let said = "";
  for await (const chunk of child.stdout) {
    said += String(chunk);
    if (until.test(said)) break;
  }
  if (!until.test(said)) throw new Error(`${args.join(" ")} ended before it was up: ${said}`);
  const took = { wallMs: wallClock.elapsed() - startMs, cpuMs: await cpuOf(child) };
  child.kill();
  await once(child, "exit");
  return took;
}

/** User and system time of another process; unknown where there is no `/proc`. */
async function cpuOf({ pid }: ChildProcess): Promise<number> {
  const stat = await readFile(`/proc/${pid}/stat`, "utf8").catch(() => "");
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  const [user, system] = [Number(fields[11] ?? NaN), Number(fields[12] ?? NaN)];
  return (user + system) * tickMs;
}

/** The first one compiles what all use, and does not count. */
async function warmStarts(): Promise<Took[]> {
  const made: Took[] = [];
  for (let at = -1; at < starts; at += 1) {
    const startMs = wallClock.elapsed();
    let close = (): Promise<void> => Promise.resolve();
    const spent = await cpuMs(async () => {
      const exchange = await startExchange({
        ...{ clock: wallClock, journal: new Journal(wallClock), symbols: ["BTCUSDT"], keys: [] },
      });
      close = () => exchange.close();
    });
    if (at >= 0) made.push({ wallMs: wallClock.elapsed() - startMs, cpuMs: spent });
    await close();
  }
  return made;
}
