/**
 * The start, as a user and as a test meets it: `firedrill mock exchange` from the start of its process until it listens,
 * as published and from the sources, and an exchange made in a process that runs already. The command keeps a compile
 * cache; its first start fills that and does not count. Wall time is what a user waits, CPU time what it costs on a
 * machine that does other things, too.
 */

import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { cp, mkdir, mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { wallClock } from "../../core/clock.ts";
import { Journal } from "../../core/journal/journal.ts";
import { startExchange } from "../../mock-exchange/server.ts";
import { cpuMs, median, type Row } from "./measure.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));
const bin = "bin/firedrill.js";
const starts = 15;
const mostMs = 300;
const listening = /http:\/\/127\.0\.0\.1:\d+/;
const nanosPerMs = 1_000_000;

interface Took {
  wallMs: number;
  cpuMs: number;
  /** For a core, while others had them. */
  waitedMs: number;
}

export async function startUp(): Promise<Row[]> {
  await mkdir(join(root, ".firedrill"), { recursive: true });
  // Below the checkout, so that it finds what it depends on.
  const published = await mkdtemp(join(root, ".firedrill", "published-"));
  const [mock, source, bare]: [Took[], Took[], Took[]] = [[], [], []];
  try {
    await publish(published);
    for (let at = -1; at < starts; at += 1) {
      const own = await start([join(published, bin), "mock", "exchange"], listening);
      const checkedOut = await start([join(root, bin), "mock", "exchange"], listening);
      const node = await start(["-e", idle], /up/);
      if (at < 0) continue;
      mock.push(own);
      source.push(checkedOut);
      bare.push(node);
    }
  } finally {
    await rm(published, { recursive: true, force: true });
  }
  const made = await warmStarts();
  const wallMs = median(mock.map((took) => took.wallMs));
  const ranMs = median(mock.map((took) => took.wallMs - took.waitedMs));
  return [
    {
      ...{
        what: "start to listening, as published",
        figure: text(mock),
        bar: `under ${mostMs} ms (a bare Node: ${text(bare)})`,
      },
      // Where it would do but for the time in which others had the cores, the machine was too busy to know.
      held: wallMs < mostMs || (ranMs < mostMs ? "unknown" : false),
    },
    { what: "start to listening, in a checkout", figure: text(source) },
    {
      what: "an exchange in a warm process",
      figure: text(made),
      bar: `under ${mostMs} ms`,
      held: median(made.map((took) => took.wallMs)) < mostMs,
    },
  ];
}

/** Puts into the folder what a user installs. */
async function publish(folder: string): Promise<void> {
  await cp(join(root, "bin"), join(folder, "bin"), { recursive: true });
  const build = spawn(process.execPath, [join(root, "build/main.ts"), join(folder, "dist")], { stdio: "inherit" });
  const [code] = (await once(build, "exit")) as [number | null];
  if (code !== 0) throw new Error(`the build ended with ${String(code)}`);
}

const idle = "console.log('up'); setInterval(() => undefined, 60_000)";

function text(all: readonly Took[]): string {
  const of = (name: keyof Took): string => median(all.map((took) => took[name])).toFixed(0);
  return `${of("wallMs")} ms (CPU ${of("cpuMs")}, waiting for a core ${of("waitedMs")})`;
}

async function start(args: readonly string[], until: RegExp): Promise<Took> {
  const startMs = wallClock.elapsed();
  const child = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "inherit"] });
  let printed = "";
  for await (const chunk of child.stdout) {
    printed += String(chunk);
    if (until.test(printed)) break;
  }
  if (!until.test(printed)) throw new Error(`${args.join(" ")} ended before it was up: ${printed}`);
  const took = { wallMs: wallClock.elapsed() - startMs, ...(await scheduled(child)) };
  child.kill();
  await once(child, "exit");
  return took;
}

/** Of all threads of a process, as Linux's scheduler counts it; and how long its main thread waited for a core. */
async function scheduled({ pid }: ChildProcess): Promise<Pick<Took, "cpuMs" | "waitedMs">> {
  const tasks = await readdir(`/proc/${pid}/task`).catch((): string[] => []);
  const read = async (task: string): Promise<number[]> =>
    (await readFile(`/proc/${pid}/task/${task}/schedstat`, "utf8").catch(() => "")).split(" ").map(Number);
  const threads = await Promise.all(tasks.map(read));
  const cpuMs = threads.reduce((sum, [ran = 0]) => sum + ran / nanosPerMs, 0);
  const main = threads[tasks.indexOf(String(pid))];
  return { cpuMs: threads.length === 0 ? NaN : cpuMs, waitedMs: (main?.[1] ?? NaN) / nanosPerMs };
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
    if (at >= 0) made.push({ wallMs: wallClock.elapsed() - startMs, cpuMs: spent, waitedMs: 0 });
    await close();
  }
  return made;
}
