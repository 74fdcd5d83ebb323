/**
 * The embedded engine beside the real Toxiproxy, in turns in one run on one machine. Exits with 1 where a bar is missed
 * and with 2 where one cannot be judged: there is no Toxiproxy, or the machine is late without any proxy. Run with `node bench/proxy/main.ts`.
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
  delayed: number;
}

interface Figures {
  p50Added: number[];
  p99Added: number[];
  mbPerSecond: number[];
  delayErrors: number[];
  openMs: number[];
  crowdP50: number[];
  crowdP99: number[];
}

// As a run does; the real Toxiproxy gets it too.
await askForPrecedence();
const upstream = new Worker(new URL("./upstream.ts", import.meta.url));
const [{ echo, bulk }] = (await once(upstream, "message")) as [{ echo: number; bulk: number }];
const reaper = startReaper();
/** The same traffic without a proxy: by how much this machine is late of itself. */
const undelayed: number[] = [];
/** Beyond this nobody can say who was late by 2 ms. */
const ownLatenessMsMax = 1;
const names = ["embedded", "binary"] as const;
const engines: Record<string, { engine: Engine; ports: Ports; figures: Figures }> = {};
try {
  for (const name of names) {
    const engine = await startEngine(name, { seed: "bench", reaper });
    const ports = {
      echo: await proxyTo(engine, "echo", echo),
      bulk: await proxyTo(engine, "bulk", bulk),
      delayed: await proxyTo(engine, "delayed", echo),
    };
    await post(engine, "/proxies/delayed/toxics", { type: "latency", attributes: { latency: delayMs } });
    const empty = (): number[] => [];
    const figures: Figures = {
      ...{ p50Added: empty(), p99Added: empty(), mbPerSecond: empty(), delayErrors: empty() },
      ...{ openMs: empty(), crowdP50: empty(), crowdP99: empty() },
    };
    engines[name] = { engine, ports, figures };
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
  for (const { engine } of Object.values(engines)) await engine.stop();
  await reaper.close();
  await upstream.terminate();
}

/** One turn of each; the first, when nothing is compiled yet, does not count. */
async function compareTimes(warmUp: boolean): Promise<void> {
  for (let turn = 0; turn < turnsPerRound; turn += 1) {
    const direct = await roundTrips(echo, tripsPerTurn);
    for (const { ports, figures } of Object.values(engines)) {
      const trips = await roundTrips(ports.echo, tripsPerTurn);
      if (warmUp) continue;
      figures.p50Added.push(median(trips) - median(direct));
      figures.p99Added.push(quantile(trips, 0.99) - quantile(direct, 0.99));
    }
  }
  for (const { ports, figures } of Object.values(engines)) {
    const delays = await spreadRoundTrips(ports.delayed, 10, 15);
    const own = await spreadRoundTrips(echo, 10, 15);
    if (warmUp) continue;
    figures.delayErrors.push(...delays.map((tookMs) => tookMs - delayMs));
    undelayed.push(...own);
  }
}

async function compareLoads(warmUp: boolean): Promise<void> {
  for (const { ports, figures } of Object.values(engines)) {
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
  const ours = engines.embedded?.figures;
  const theirs = engines.binary?.figures;
  if (ours === undefined || theirs === undefined) return 2;
  const p50s = [median(ours.p50Added), median(theirs.p50Added)] as const;
  const bulks = [median(ours.mbPerSecond), median(theirs.mbPerSecond)] as const;
  const worst = (errors: readonly number[]): number => quantile(errors.map(Math.abs), 0.99);
  const errors = [worst(ours.delayErrors), worst(theirs.delayErrors)] as const;
  const ownLatenessMs = quantile(undelayed, 0.99);
  const isExact = ownLatenessMs > ownLatenessMsMax ? "unknown" : errors[0] <= 2;
  const rows: [string, string, readonly [number, number], string, boolean | "unknown" | undefined][] = [
    ["round trip, p50 added", "µs", scale(p50s, 1e3), "not above Toxiproxy's", p50s[0] <= p50s[1]],
    ["round trip, p99 added", "µs", scale([median(ours.p99Added), median(theirs.p99Added)], 1e3), "", undefined],
    ["bulk", "MB/s", bulks, "at least 0.5 x", bulks[0] >= 0.5 * bulks[1]],
    ["100 ms: error at p50", "ms", [median(ours.delayErrors), median(theirs.delayErrors)], "", undefined],
    ["100 ms: |error| at p99", "ms", errors, "within 2 ms", isExact],
    ["1,000 connections, open", "ms", [median(ours.openMs), median(theirs.openMs)], "", undefined],
    ["1,000 words at once, p50", "ms", [median(ours.crowdP50), median(theirs.crowdP50)], "", undefined],
    ["1,000 words at once, p99", "ms", [median(ours.crowdP99), median(theirs.crowdP99)], "", undefined],
  ];
  console.log(`${"".padEnd(32)}${"embedded".padStart(10)}${"toxiproxy".padStart(11)}   bar`);
  for (const [what, unit, [a, b], bar, held] of rows) {
    const word = held === "unknown" ? "unknown" : held === true ? "held" : "MISSED";
    const verdict = held === undefined ? "" : `${word}: ${bar}`;
    console.log(
      `${`${what} (${unit})`.padEnd(32)}${a.toFixed(2).padStart(10)}${b.toFixed(2).padStart(11)}   ${verdict}`,
    );
  }
  console.log(
    `Without a proxy a round trip takes ${ownLatenessMs.toFixed(2)} ms at p99; above ${ownLatenessMsMax} no delay can be judged.`,
  );
  console.log(`Medians of ${rounds} rounds in turns; load of the machine ${loadavg()[0]?.toFixed(1) ?? "unknown"}.`);
  const verdicts = rows.map(([, , , , held]) => held);
  return verdicts.includes(false) ? 1 : verdicts.includes("unknown") ? 2 : 0;
}

function scale([a, b]: readonly [number, number], factor: number): [number, number] {
  return [a * factor, b * factor];
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
