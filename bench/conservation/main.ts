/**
 * Is anything lost or made up between signal, order, fill and ledger? Plays the order scenarios on many seeds and every
 * other scenario of report B on a few, with the reference, and prints what became of every signal and every order. Exits
 * with 1 where a signal has two orders or none without a reason, an order has no signal, a check failed or
 * a play could not be judged, and where nothing was played.
 *
 *     node bench/conservation/main.ts --seeds 200 --others 5
 *
 * Names in its place play only those, on `--seeds` seeds. `--first 100` begins with another seed; `--minutes`
 * ends it early, after the seed that is under way.
 */

import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { allScenarios } from "../../harness/catalogue/scenarios.ts";
import { isWorthAnother } from "../../harness/runner/attempts.ts";
import { settingOf } from "../../harness/runner/judge.ts";
import { readPlays, type StoredPlay } from "../../harness/runner/stored/stored-run.ts";
import { add, nothing, totalsOf, violationsIn, type Totals } from "./totals.ts";

const program = fileURLToPath(new URL("../../bin/firedrill.js", import.meta.url));
const orderScenarios = ["order-reply-lost", "order-lookup-lag", "order-limits"];

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    seeds: { type: "string", default: "200" },
    others: { type: "string", default: "5" },
    first: { type: "string", default: "1" },
    minutes: { type: "string", default: "Infinity" },
    jobs: { type: "string", default: "2" },
  },
});

const sums = new Map<string, Totals>();
const bad: string[] = [];
const folder = await mkdtemp(join(tmpdir(), "firedrill-conservation-"));
try {
  const reportB = (await allScenarios({})).filter(({ report }) => report === "B").map(({ id }) => id);
  const others = reportB.filter((id) => !orderScenarios.includes(id));
  const first = Number(values.first);
  const untilMs = performance.now() + Number(values.minutes) * 60_000;
  for (let seed = first; seed < first + Number(values.seeds) && performance.now() < untilMs; seed += 1) {
    const few = seed < first + Number(values.others) ? others : [];
    await play(positionals.length > 0 ? positionals : [...orderScenarios, ...few], String(seed));
  }
} finally {
  await rm(folder, { recursive: true, force: true });
  report();
}
process.exitCode = bad.length === 0 && sums.size > 0 ? 0 : 1;

async function play(scenarios: readonly string[], seed: string): Promise<void> {
  const output = join(folder, seed);
  const command = ["run", ...scenarios, "--client", "reference", "--seed", seed, "--jobs", values.jobs];
  const child = spawn(process.execPath, [program, ...command, "--output", output], { stdio: "ignore" });
  await once(child, "exit");
  for (const one of await readPlays(output)) judgeOne(one, seed);
  await rm(output, { recursive: true, force: true });
}

function judgeOne({ result, journal }: StoredPlay, seed: string): void {
  const started = journal.first("run.started");
  if (started === undefined) throw new Error(`The journal of ${result.scenario} has no run.`);
  const totals = totalsOf(journal, settingOf(started));
  const sum = sums.get(result.scenario) ?? nothing();
  sums.set(result.scenario, sum);
  add(sum, totals);
  const failed = result.checks.filter(({ verdict }) => verdict === "fail" || verdict === "unknown");
  // Of a play that could not be judged nothing is known, and it says so by its verdict alone.
  const whole = isWorthAnother(result) ? [result.valid ? result.verdict : "invalid"] : [];
  const wrong = [...violationsIn(totals), ...whole, ...failed.map(({ name, verdict }) => `${name} ${verdict}`)];
  if (wrong.length === 0) return;
  const line = `${result.scenario} seed ${seed}: ${wrong.join(", ")}`;
  bad.push(line);
  console.log(line);
}

function report(): void {
  const names = ["plays", "signals", "filled", "refused", "skipped", "missedStopped", "missedInFault"] as const;
  const more = ["missedWithoutReason", "accepted", "twice", "stray", "reportedTooMany", "executions"] as const;
  const all = nothing();
  console.table(
    Object.fromEntries(
      [...sums].map(([scenario, sum]) => {
        add(all, sum);
        return [scenario, Object.fromEntries([...names, ...more].map((name) => [name, sum[name]]))];
      }),
    ),
  );
  console.log([...names, ...more].map((name) => `${name} ${all[name]}`).join("  "));
  for (const [answer, times] of Object.entries(all.refusals)) console.log(`  refused ${times} × ${answer}`);
  if (sums.size === 0) console.log("nothing was played, so nothing is known");
  else console.log(bad.length === 0 ? "nothing was lost or made up" : `${bad.length} plays with something wrong`);
}
