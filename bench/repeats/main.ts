/**
 * The same scenarios again and again while other programs keep the cores busy: does a verdict change, and how much cannot
 * be judged? Prints a line for each round and at the end each run that was not always what it has to be, with its reasons.
 * Exits with 1 where one was not as promised, and with 2 where one run in a hundred or more was left unjudged.
 *
 *     node bench/repeats/main.ts --times 50 'stream-*' 'connector-*' 'private-*' backfill-ok-live-dead
 *
 * `--tightest 12` takes, in place of names, so many scenarios whose client has the least time for something. `--prove`
 * adds the broken clients; `--minutes` ends it early, after the round that is under way; `--busy 0` leaves the cores
 * alone; whatever follows `--` goes to `firedrill` as it is.
 */

import { fork, spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { availableParallelism, tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { allScenarios } from "../../harness/catalogue/scenarios.ts";
import { expectationOf } from "../../harness/runner/expectation.ts";
import type { Scenario } from "../../harness/incident/scenario.ts";
import type { RunResult, ScenarioResult } from "../../harness/runner/result.ts";

const unjudgedOneIn = 100;
const program = fileURLToPath(new URL("../../bin/firedrill.js", import.meta.url));

const split = process.argv.indexOf("--");
const { values, positionals } = parseArgs({
  args: process.argv.slice(2, split === -1 ? undefined : split),
  allowPositionals: true,
  options: {
    times: { type: "string", default: "50" },
    minutes: { type: "string", default: "Infinity" },
    busy: { type: "string", default: String(availableParallelism()) },
    prove: { type: "boolean", default: false },
    tightest: { type: "string" },
  },
});
const handedOn = split === -1 ? ["--jobs", "2"] : process.argv.slice(split + 1);

const scenarios = new Map((await allScenarios({})).map((scenario) => [scenario.id, scenario]));
const chosen = values.tightest === undefined ? positionals : tightest(Number(values.tightest));
const folder = await mkdtemp(join(tmpdir(), "firedrill-repeats-"));
const busy = Array.from({ length: Number(values.busy) }, () => fork(new URL("./busy.mjs", import.meta.url)));
const all: ScenarioResult[] = [];
try {
  const untilMs = performance.now() + Number(values.minutes) * 60_000;
  for (let round = 1; round <= Number(values.times) && performance.now() < untilMs; round += 1) {
    const startedMs = performance.now();
    const results = await play(join(folder, String(round)));
    all.push(...results);
    const bad = results.filter((result) => !promised(result).holds);
    const seconds = ((performance.now() - startedMs) / 1_000).toFixed(0);
    console.log(`round ${round}: ${results.length} runs in ${seconds} s, ${bad.length} not as promised or unjudged`);
    for (const result of bad) console.log(reasons(result));
    if (bad.length === 0) await rm(join(folder, String(round)), { recursive: true, force: true });
  }
} finally {
  busy.forEach((load: ChildProcess) => load.kill("SIGKILL"));
}
process.exitCode = report();

/** The scenarios that a slow machine would spoil first: the shortest time that a check of theirs leaves the client. */
function tightest(most: number): string[] {
  const limitOf = ({ expect }: Scenario): number => Math.min(...expect.map(({ limitMs = Infinity }) => limitMs));
  const inOrder = [...scenarios.values()].toSorted((a, b) => limitOf(a) - limitOf(b));
  return inOrder.slice(0, most).map(({ id }) => id);
}

async function play(output: string): Promise<readonly ScenarioResult[]> {
  const command = values.prove ? ["prove", ...chosen] : ["run", ...chosen, "--client", "reference"];
  const child = spawn(process.execPath, [program, ...command, "--output", output, ...handedOn], {
    stdio: ["ignore", "ignore", "inherit"],
  });
  await once(child, "exit");
  return (JSON.parse(await readFile(join(output, "result.json"), "utf8")) as RunResult).results;
}

function promised(result: ScenarioResult): { holds: boolean; judged: boolean } {
  const scenario = scenarios.get(result.scenario);
  if (scenario === undefined) throw new Error(`nobody knows the scenario ${result.scenario}`);
  const { holds, applicable } = expectationOf(scenario, result);
  return { holds: holds || !applicable, judged: !result.valid || result.verdict !== "unknown" };
}

function reasons({ scenario, client, verdict, valid, reason, checks }: ScenarioResult): string {
  const lines = checks
    .filter((check) => check.verdict === "fail" || check.verdict === "unknown")
    .map((check) => `    ${check.name} is ${check.verdict}: ${check.message}`);
  const head = `  ${scenario} × ${client}: ${valid ? verdict : `invalid: ${reason ?? ""}`}`;
  return [head, ...lines].join("\n");
}

function report(): number {
  const bad = all.filter((result) => !promised(result).holds);
  const unjudged = bad.filter((result) => !promised(result).judged);
  const wrong = bad.length - unjudged.length;
  const runs = Map.groupBy(all, ({ scenario, client }) => `${scenario} × ${client}`);
  console.log(`\n${all.length} runs of ${runs.size}, of which ${wrong} not as promised, ${unjudged.length} not judged`);
  for (const [name, results] of runs) {
    const longestMs = Math.max(...results.map(({ wallMs }) => wallMs));
    const off = results.filter((result) => !promised(result).holds).length;
    console.log(
      `${name.padEnd(64)} ${String(results.length - off).padStart(4)} as promised ${String(off).padStart(4)} not   longest ${(longestMs / 1_000).toFixed(1)} s`,
    );
  }
  if (bad.length > 0) console.log(`The journals of rounds with such a run: ${folder}`);
  if (wrong > 0) return 1;
  return unjudged.length * unjudgedOneIn >= Math.max(all.length, 1) ? 2 : 0;
}
