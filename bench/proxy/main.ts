/**
 * The embedded engine beside the real Toxiproxy, and beside no proxy at all, in turns in one run on one machine. Exits
 * with 1 where a bar is missed and with 2 where one cannot be judged: there is no Toxiproxy, or a delay is as late without
 * any proxy. Run with `node bench/proxy/main.ts`.
 */

import { once } from "node:events";
import { loadavg } from "node:os";
import { Worker } from "node:worker_threads";
import { askForPrecedence } from "../../harness/process/precedence.ts";
import { startReaper } from "../../harness/process/reaper.ts";
import { startEngine } from "../../harness/proxy/choose.ts";
import type { Engine } from "../../harness/proxy/engine.ts";
import { crowd, median, quantile, roundTrips, spreadRoundTrips, throughput } from "./measure.ts";

const rounds = 7;
/** Short turns, many of them: what else the machine does then meets all three alike. */
const turnsPerRound = 10;
const tripsPerTurn = 250;
const bulkBytes = 150_000_000;
const delayMs = 100;

interface Ports {
  echo: number;
  bulk: number;
  /** Echoes so late. */
  delayed: number;
}

interface Figures {
  p50: number[];
  p99: number[];
  mbPerSecond: number[];
  delayErrors: number[];
  openMs: number[];
  crowdP50: number[];
  crowdP99: number[];
}

// As a run does; the real Toxiproxy gets it too.
await askForPrecedence();
const upstream = new Worker(new URL("./upstream.ts", import.meta.url), { workerData: { delayMs } });
const [{ echo, bulk, late }] = (await once(upstream, "message")) as [{ echo: number; bulk: number; late: number }];
const reaper = startReaper();
const delayBandMs = 2;
/** Where a delay is off by so much without a proxy, nobody can know who was late by 2 ms: a stall shows in no difference. */
const ownErrorMsMax = 1;
const engines: Engine[] = [];
const none = (): Figures => ({
  ...{ p50: [], p99: [], mbPerSecond: [], delayErrors: [] },
  ...{ openMs: [], crowdP50: [], crowdP99: [] },
});
interface Way {
  ports: Ports;
  figures: Figures;
}
const lines: Record<"bare" | "embedded" | "binary", Way> = {
  bare: { ports: { echo, bulk, delayed: late }, figures: none() },
  embedded: { ports: { echo, bulk, delayed: late }, figures: none() },
  binary: { ports: { echo, bulk, delayed: late }, figures: none() },
};
try {
  for (const name of ["embedded", "binary"] as const) {
    const engine = await startEngine(name, { seed: "bench", reaper });
    engines.push(engine);
    lines[name].ports = {
      echo: await proxyTo(engine, "echo", echo),
      bulk: await proxyTo(engine, "bulk", bulk),
      delayed: await proxyTo(engine, "delayed", echo),
    };
    await post(engine, "/proxies/delayed/toxics", { type: "latency", attributes: { latency: delayMs } });
  }
  // First what is counted in microseconds: the garbage of the bulk would be collected meanwhile.
  for (const measure of [compareTimes, compareLoads]) {
    for (let round = 0; round <= rounds; round += 1) await measure(round === 0);
  }
  process.exitCode = report();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 2;
} finally {
  for (const engine of engines) await engine.stop();
  await reaper.close();
  await upstream.terminate();
}

/** One turn of each; the first, when nothing is compiled yet, does not count. */
async function compareTimes(warmUp: boolean): Promise<void> {
  for (let turn = 0; turn < turnsPerRound; turn += 1) {
    for (const { ports, figures } of Object.values(lines)) {
      const trips = await roundTrips(ports.echo, tripsPerTurn);
      if (warmUp) continue;
      figures.p50.push(median(trips));
      figures.p99.push(quantile(trips, 0.99));
    }
  }
  for (const { ports, figures } of Object.values(lines)) {
    const delays = await spreadRoundTrips(ports.delayed, 10, 15);
    if (!warmUp) figures.delayErrors.push(...delays.map((tookMs) => tookMs - delayMs));
  }
}

async function compareLoads(warmUp: boolean): Promise<void> {
  for (const { ports, figures } of Object.values(lines)) {
    const mbPerSecond = await throughput(ports.bulk, bulkBytes);
    const { openMs, took } = await crowd(ports.echo, 1_000);
    if (warmUp) continue;
    figures.mbPerSecond.push(mbPerSecond);
    figures.openMs.push(openMs);
    figures.crowdP50.push(median(took));
    figures.crowdP99.push(quantile(took, 0.99));
  }
}

function report(): number {
  const [bare, ours, theirs] = [lines.bare.figures, lines.embedded.figures, lines.binary.figures];
  /** Turn by turn, so that what else the machine did then is not counted. */
  const added = (of: "p50" | "p99", { [of]: own }: Figures): number =>
    median(own.map((ms, turn) => ms - (bare[of][turn] ?? NaN))) * 1e3;
  const all = (figure: (figures: Figures) => number): number[] => [ours, theirs, bare].map(figure);
  const worst = ({ delayErrors }: Figures): number => quantile(delayErrors.map(Math.abs), 0.99);
  const p50s = [added("p50", ours), added("p50", theirs)] as const;
  const bulks = all(({ mbPerSecond }) => median(mbPerSecond));
  const isExact = worst(ours) <= delayBandMs ? true : worst(bare) > ownErrorMsMax ? "unknown" : false;
  const rows: [string, string, readonly number[], string, boolean | "unknown" | undefined][] = [
    ["round trip, p50 added", "µs", p50s, "not above Toxiproxy's", p50s[0] <= p50s[1]],
    ["round trip, p99 added", "µs", [added("p99", ours), added("p99", theirs)], "", undefined],
    ["bulk", "MB/s", bulks, "at least 0.5 x", (bulks[0] ?? 0) >= 0.5 * (bulks[1] ?? NaN)],
    [`${delayMs} ms: error at p50`, "ms", all(({ delayErrors }) => median(delayErrors)), "", undefined],
    [`${delayMs} ms: |error| at p99`, "ms", all(worst), `within ${delayBandMs} ms`, isExact],
    ["1,000 connections, open", "ms", all(({ openMs }) => median(openMs)), "", undefined],
    ["1,000 words at once, p50", "ms", all(({ crowdP50 }) => median(crowdP50)), "", undefined],
    ["1,000 words at once, p99", "ms", all(({ crowdP99 }) => median(crowdP99)), "", undefined],
  ];
  const columns = ["embedded", "toxiproxy", "no proxy"];
  console.log(`${"".padEnd(32)}${columns.map((name) => name.padStart(11)).join("")}   bar`);
  for (const [what, unit, figures, bar, held] of rows) {
    const word = held === "unknown" ? "unknown" : held === true ? "held" : "MISSED";
    const verdict = held === undefined ? "" : `${word}: ${bar}`;
    const cells = columns.map((_, n) => (figures[n] === undefined ? "" : figures[n].toFixed(2)).padStart(11));
    console.log(`${`${what} (${unit})`.padEnd(32)}${cells.join("")}   ${verdict}`);
  }
  console.log(
    `Where a delay is off by more than ${ownErrorMsMax} ms at p99 without a proxy, one beyond the bar is unknown, not missed.`,
  );
  console.log(`Medians of ${rounds} rounds in turns; load of the machine ${loadavg()[0]?.toFixed(1) ?? "unknown"}.`);
  const verdicts = rows.map(([, , , , held]) => held);
  return verdicts.includes(false) ? 1 : verdicts.includes("unknown") ? 2 : 0;
}

async function proxyTo(engine: Engine, name: string, port: number): Promise<number> {
  const body = { name, listen: "127.0.0.1:0", upstream: `127.0.0.1:${port}` };
  const { listen } = await post<{ listen: string }>(engine, "/proxies", body);
  return Number(listen.split(":").at(-1));
}

async function post<T>(engine: Engine, path: string, body: object): Promise<T> {
  const reply = await fetch(engine.url + path, { method: "POST", body: JSON.stringify(body) });
  if (!reply.ok) throw new Error(`${engine.name} answered ${path} with ${reply.status}: ${await reply.text()}`);
  return (await reply.json()) as T;
}
