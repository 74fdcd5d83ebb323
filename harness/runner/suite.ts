/**
 * Plays a plan: one engine and one reaper for all runs, some runs at a time, results to the reporters as they come and
 * to `result.json` at the end. Nothing it started outlives it.
 */

import { randomBytes } from "node:crypto";
import { writeFile } from "node:fs/promises";
import { availableParallelism } from "node:os";
import { join, relative } from "node:path";
import { wallClock } from "../../core/clock.ts";
import type { TimeChoice } from "../client/time/choose.ts";
import { askForPrecedence } from "../process/precedence.ts";
import { startReaper } from "../process/reaper.ts";
import { startEngine } from "../proxy/choose.ts";
import type { Engine } from "../proxy/engine.ts";
import type { Reporter } from "./reporter.ts";
import { commit } from "./commit.ts";
import { cannotWrite, linkLatest, makeOutputFolder } from "./output-folder.ts";
import { inParallel } from "./in-parallel.ts";
import { Isolation, type IsolatedOptions } from "./isolated/play-isolated.ts";
import { Stuck } from "./isolated/standstill.ts";
import { foldersOf, plays, rerunLine, type Plan, type PlannedRun } from "./plan.ts";
import { resultFile, type RunResult, type ScenarioResult } from "./result.ts";
import { withRetries } from "./retries.ts";
import { Turnstile } from "./turnstile.ts";
import { cutShort, notPlayed } from "./unplayed.ts";

export interface SuiteOptions {
  plan: Plan;
  id: string;
  time: TimeChoice;
  jobs: number;
  /** How often what did not pass is played again. */
  retries?: number;
  /** The folder for everything this run leaves. */
  output: string;
  reporters: readonly Reporter[];
  signal: AbortSignal;
}

export async function runSuite(options: SuiteOptions): Promise<RunResult> {
  const { plan, output, reporters, signal } = options;
  const startedMs = wallClock.elapsed();
  const folders = foldersOf(plan.runs);
  await makeOutputFolder(output);
  const note = await linkLatest(output);
  if (note !== undefined) process.stderr.write(`firedrill: ${note}\n`);
  for (const reporter of reporters) reporter.started?.(plan);

  const reaper = startReaper();
  try {
    const { suiteClock } = plan;
    // On a clock that leaps a wait for a CPU takes no incident time, and whoever works on this machine is not to wait for us.
    if (suiteClock !== "leap") await askForPrecedence();
    // An engine of ours is on the clock that leaps, so each run's process has its own.
    const engine = suiteClock === "leap" ? undefined : await startEngine(plan.proxy, { seed: plan.seed, reaper });
    const proxy = engine?.name ?? "embedded";
    const isolation = new Isolation(reaper, suiteClock);
    try {
      // Where a start takes no more incident time than its CPU, nobody has to wait for another's.
      const turnstile = suiteClock === "leap" ? undefined : new Turnstile();
      const playToItsEnd = (run: PlannedRun, play: () => Promise<ScenarioResult[]>): Promise<ScenarioResult[]> =>
        play().catch((error: unknown) => {
          if (!(error instanceof Stuck)) throw error;
          return cutShort(run, proxy, error);
        });
      const finished: ScenarioResult[][] = [];
      const playOnce = async (run: PlannedRun, attempt: number, folder: string): Promise<ScenarioResult[]> => {
        const results = plays(run)
          ? await playToItsEnd(run, () => playInTurn(turnstile, isolation, playOptions(run, options, engine, folder)))
          : notPlayed(run, proxy, roleReason(run));
        const named = results.map((result) => nameOf(result, { run, attempt }, options));
        finished.push(named);
        for (const reporter of reporters) named.forEach((result) => reporter.finished?.(run, result));
        return named;
      };
      const playOne = (run: PlannedRun): Promise<ScenarioResult[]> => {
        const folder = folders.get(run) ?? "";
        return withRetries(run, options.retries ?? 0, (each, attempt) =>
          playOnce(each, attempt, attempt === 1 ? folder : `${folder}@attempt${attempt}`),
        );
      };
      const wholeOf = (played: ScenarioResult[][]): RunResult =>
        runResult(options, { played, proxy, wallMs: wallClock.elapsed() - startedMs });
      const played = await inParallel(plan.runs, { jobs: options.jobs, signal }, playOne).catch(
        async (error: unknown) => {
          // What had been played by then was played: its verdicts stay, and its journals can be judged.
          await storeResult(output, wholeOf(finished));
          throw error;
        },
      );
      const whole = wholeOf(played);
      await storeResult(output, whole);
      for (const reporter of reporters) await reporter.ended?.(whole, output);
      return whole;
    } finally {
      await isolation.close();
      await engine?.stop();
    }
  } finally {
    await reaper.close();
  }
}

function runResult(
  { plan, id }: SuiteOptions,
  { played, proxy, wallMs }: { played: ScenarioResult[][]; proxy: string; wallMs: number },
): RunResult {
  const results = played.flat();
  return {
    schema: "firedrill.result/2",
    run: {
      id,
      seed: plan.seed,
      commit: commit(),
      complete: played.length === plan.runs.length,
      wallMs: Math.round(wallMs),
      incidentMs: results.reduce((sum, { incidentMs }) => sum + incidentMs, 0),
      environment: {
        node: process.version,
        proxy,
        time: [...new Set(results.map(({ time }) => time))].join(","),
        cores: availableParallelism(),
      },
    },
    results,
  };
}

/** A result as the run's file has it: which play it is of, how to play it again, and its journal from that file. */
const nameOf = (
  result: ScenarioResult,
  { run, attempt }: { run: PlannedRun; attempt: number },
  { plan, output }: SuiteOptions,
): ScenarioResult => ({
  ...result,
  ...{ repeat: run.repeat, attempt },
  again: rerunLine(run, plan.seed, result.trial),
  journal: result.journal === null ? null : relative(output, result.journal),
});

export async function storeResult(output: string, result: RunResult): Promise<void> {
  const path = join(output, resultFile);
  await writeFile(path, `${JSON.stringify(result, null, 2)}\n`, { mode: 0o600 }).catch((error: unknown) => {
    throw cannotWrite(path, error);
  });
}

/** What shows that a client has come up: it is in on a stream, or has had an answer over REST. */
const connected: ReadonlySet<string> = new Set([
  "connection.authenticated",
  "connection.subscribed",
  "exchange.request",
]);

/** The next run may start once this one's client has connected, or the run is over. */
async function playInTurn(
  turnstile: Turnstile | undefined,
  isolation: Isolation,
  options: IsolatedOptions,
): Promise<ScenarioResult[]> {
  if (turnstile === undefined) return isolation.play(options);
  const next = await turnstile.enter();
  try {
    return await isolation.play({
      ...options,
      onEvent(event, startMs) {
        if (connected.has(event.type)) next();
        options.onEvent?.(event, startMs);
      },
    });
  } finally {
    next();
  }
}

function playOptions(
  run: PlannedRun,
  options: SuiteOptions,
  engine: Engine | undefined,
  folder: string,
): IsolatedOptions {
  const { scenario, client } = run;
  return {
    engine,
    id: `${options.id}_${randomBytes(3).toString("hex")}`,
    scenarioFile: scenario.file,
    only: scenario.only,
    client,
    seed: options.plan.seed,
    time: options.time,
    folder: join(options.output, folder),
    signal: options.signal,
    onEvent: (event, startMs) => options.reporters.forEach((reporter) => reporter.event?.(run, event, startMs)),
  };
}

const roleReason = ({ scenario, client }: PlannedRun): string =>
  `The scenario is about ${scenario.roles.join(", ")}; the client plays ${client.roles.join(", ")}.`;
