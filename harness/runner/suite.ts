/**
 * Plays a plan: one engine and one reaper for all runs, some runs at a time, results to the reporters as they come and
 * to `result.json` at the end. Nothing it started outlives it.
 */

import { randomBytes } from "node:crypto";
import { mkdir, rm, symlink, writeFile } from "node:fs/promises";
import { availableParallelism } from "node:os";
import { dirname, join, relative } from "node:path";
import { wallClock } from "../../core/clock.ts";
import type { TimeChoice } from "../client/time/choose.ts";
import { askForPrecedence } from "../process/precedence.ts";
import { startReaper } from "../process/reaper.ts";
import { startEngine } from "../proxy/choose.ts";
import type { Engine } from "../proxy/engine.ts";
import type { Reporter } from "../report/reporter.ts";
import { commit } from "./commit.ts";
import { inParallel } from "./in-parallel.ts";
import { Isolation, type IsolatedOptions } from "./isolated/play-isolated.ts";
import { compressionAt } from "./pace.ts";
import { plays, type Plan, type PlannedRun } from "./plan.ts";
import { noRecovery } from "./recovery.ts";
import type { RunResult, ScenarioResult } from "./result.ts";
import { Turnstile } from "./turnstile.ts";

export interface SuiteOptions {
  plan: Plan;
  id: string;
  time: TimeChoice;
  jobs: number;
  /** The folder for everything this run leaves. */
  output: string;
  reporters: readonly Reporter[];
  signal: AbortSignal;
}

/** `.firedrill/latest` links to the newest run. */
const latest = "latest";
export const resultFile = "result.json";

export async function runSuite(options: SuiteOptions): Promise<RunResult> {
  const { plan, output, reporters, signal } = options;
  const startedMs = wallClock.elapsed();
  await askForPrecedence();
  await mkdir(output, { recursive: true });
  for (const reporter of reporters) reporter.started?.(plan);

  const reaper = startReaper();
  try {
    const engine = await startEngine(plan.proxy, { seed: plan.seed, reaper });
    const isolation = new Isolation(reaper);
    try {
      const turnstile = new Turnstile();
      const alone = ({ scenario }: PlannedRun): boolean => scenario.alone === true;
      const results = await inParallel(plan.runs, { jobs: options.jobs, alone, signal }, async (run) => {
        const result = plays(run)
          ? await playInTurn(turnstile, isolation, playOptions(run, options, engine))
          : notApplicable(run, engine.name);
        for (const reporter of reporters) reporter.finished?.(run, result);
        return result;
      });
      const whole: RunResult = {
        schema: "firedrill.result/1",
        run: {
          id: options.id,
          seed: plan.seed,
          commit: commit(),
          wallMs: Math.round(wallClock.elapsed() - startedMs),
          incidentMs: results.reduce((sum, { incidentMs }) => sum + incidentMs, 0),
          environment: {
            node: process.version,
            proxy: engine.name,
            time: [...new Set(results.map(({ time }) => time))].join(","),
            cores: availableParallelism(),
            othersShare: plan.pace.othersShare,
          },
        },
        results,
      };
      await writeFile(join(output, resultFile), `${JSON.stringify(whole, null, 2)}\n`);
      await link(output);
      for (const reporter of reporters) await reporter.ended?.(whole, output);
      return whole;
    } finally {
      await isolation.close();
      await engine.stop();
    }
  } finally {
    await reaper.close();
  }
}

/** What shows that a client has come up: it is in on a stream, or has had an answer over REST. */
const connected: ReadonlySet<string> = new Set([
  "connection.authenticated",
  "connection.subscribed",
  "exchange.request",
]);

/** The next run may start once this one's client has connected, or the run is over. */
async function playInTurn(
  turnstile: Turnstile,
  isolation: Isolation,
  options: IsolatedOptions,
): Promise<ScenarioResult> {
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

function playOptions(run: PlannedRun, options: SuiteOptions, engine: Engine): IsolatedOptions {
  const { scenario, client, repeat } = run;
  const clientFolder = `${client.name.replaceAll("/", "-")}${repeat === 1 ? "" : `-${repeat}`}`;
  return {
    engine,
    id: `${options.id}_${randomBytes(3).toString("hex")}`,
    scenarioFile: scenario.file,
    client,
    seed: options.plan.seed,
    time: options.time,
    compression: compressionAt(options.plan.pace, scenario.clock.compression),
    folder: join(options.output, scenario.id, clientFolder),
    signal: options.signal,
    onEvent: (event, startMs) => options.reporters.forEach((reporter) => reporter.event?.(run, event, startMs)),
  };
}

function notApplicable({ scenario, client }: PlannedRun, proxy: string): ScenarioResult {
  return {
    scenario: scenario.id,
    client: client.name,
    verdict: "not-applicable",
    valid: true,
    reason: `The scenario is about ${scenario.roles.join(", ")}; the client plays ${client.roles.join(", ")}.`,
    compression: scenario.clock.compression,
    wallMs: 0,
    incidentMs: 0,
    proxy,
    time: "none",
    faults: [],
    recovery: noRecovery,
    checks: [],
  };
}

async function link(output: string): Promise<void> {
  const path = join(dirname(output), latest);
  await rm(path, { force: true });
  await symlink(relative(dirname(path), output), path);
}
