/**
 * In free mode the same seed gives the same events in the same order on every connection, whatever else the machine does:
 * the mock exchange and the reference client, each run compared with the first. FIREDRILL_FREE_RUNS says how often,
 * FIREDRILL_FREE_MINUTES how much of the incident. What differs between runs for a reason is taken out by name (`same`).
 */

import { once } from "node:events";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { startClock } from "../../leap/index.ts";
import { keepBusy } from "../support/keep-busy.ts";

const runs = Number(process.env.FIREDRILL_FREE_RUNS ?? "4");
const minutes = Number(process.env.FIREDRILL_FREE_MINUTES ?? "2");
const limitMs = minutes * 60_000;
const start = "2025-10-22T00:00:00.000Z";
const symbols = "BTCUSDT,ETHUSDT,SOLUSDT";
const roles = "market-data,rest-polling,private-stream,trading";
const script = (name: string): string => fileURLToPath(new URL(`../../${name}`, import.meta.url));

/** By connection, by topic for the states of a book, and what the client said. */
type Sequences = Record<string, string[]>;

interface Event extends Record<string, unknown> {
  at: number;
  type: string;
  connection?: string;
  topic?: string;
}

/** As written, without what the kernel chooses; undefined for what came when the clock had been let go to end the run. */
function same(event: Event): string | undefined {
  if (event.at >= limitMs) return undefined;
  // Whose port the kernel chose.
  const kept = Object.entries(event).filter(([name]) => name !== "peerPort");
  return JSON.stringify(Object.fromEntries(kept));
}

function sequencesOf(journal: string, log: string): Sequences {
  const sequences: Sequences = { "the client's log": linesBefore(log) };
  for (const line of journal.trimEnd().split("\n")) {
    const event = JSON.parse(line) as Event;
    const known = same(event);
    const of = event.connection ?? event.topic ?? event.type;
    if (known !== undefined) (sequences[of] ??= []).push(known);
  }
  return sequences;
}

/** A line of the log begins with its date. */
function linesBefore(log: string): string[] {
  const end = new Date(Date.parse(start) + limitMs).toISOString();
  return log.split("\n").filter((line) => line.slice(0, end.length) < end);
}

/** Where each sequence differs for the first time. */
function differences(first: Sequences, other: Sequences): object[] {
  return [...new Set([...Object.keys(first), ...Object.keys(other)])].flatMap((of) => {
    const [a = [], b = []] = [first[of], other[of]];
    const place = Array.from({ length: Math.max(a.length, b.length) }, (_, i) => i).find((i) => a[i] !== b[i]);
    return place === undefined ? [] : [{ of, place, first: a[place], other: b[place] }];
  });
}

async function play(folder: string, run: number): Promise<Sequences> {
  await using clock = await startClock({ start, mode: "free" });
  const journal = join(folder, `${run}.ndjson`);
  const exchange = clock.spawn([process.execPath, script("test/leap/free/exchange.ts"), "free", symbols, journal], {
    group: "testbed",
  });
  const [addresses] = (await once(createInterface({ input: exchange.stdout }), "line")) as [string];
  // What a client draws by chance it draws from V8, whose numbers are the same for the same seed.
  const client = clock.spawn([process.execPath, "--random-seed=1", script("clients/run.ts"), "reference"], {
    group: "client",
    env: {
      ...{ ...process.env, ...(JSON.parse(addresses) as Record<string, string>) },
      ...{ FIREDRILL_SIGNAL_WS_URL: "ws://127.0.0.1:9", FIREDRILL_SIGNAL_TOKEN: "unused" },
      ...{ FIREDRILL_WEBHOOK_URL: "http://127.0.0.1:9/unused" },
      ...{ FIREDRILL_SYMBOLS: symbols, FIREDRILL_ROLES: roles },
    },
  });
  client.stdout.resume();
  const log = text(client.stderr);
  await clock.until(limitMs);
  // Nothing passed at the wall's pace, which is never twice the same.
  expect(await clock.report()).toMatchObject({ leaptMs: limitMs, outsideMs: 0, computingMs: 0, outsiders: [] });
  const exited = once(exchange, "exit");
  exchange.kill("SIGTERM");
  clock.release();
  expect(await exited).toEqual([0, null]);
  await clock.end();
  return sequencesOf(await readFile(journal, "utf8"), await log);
}

test.runIf(process.platform === "linux")(
  `${runs} runs of ${minutes} min from one seed are the same, quiet and beside busy programs`,
  async () => {
    const folder = await mkdtemp(join(tmpdir(), "firedrill-free-"));
    try {
      const first = await play(folder, 0);
      expect(Object.keys(first)).toEqual(expect.arrayContaining(["rest-1", "public-1", "public-3", "private-1"]));
      const orders = first["exchange.order"] ?? [];
      expect(orders.length).toBeGreaterThan(minutes);
      expect(first["orderbook.50.BTCUSDT"]?.length).toBeGreaterThan(minutes * 60);
      for (let run = 1; run < runs; run += 1) {
        if (run === Math.ceil(runs / 2)) await keepBusy();
        expect({ run, differs: differences(first, await play(folder, run)) }).toEqual({ run, differs: [] });
      }
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  },
  600_000 * Math.max(1, runs / 4),
);
