/**
 * Plays one scenario against one client: a clock, a journal, a testbed and a client process of its own, then the
 * judgement. Whatever happens in between, everything it started is gone when it returns.
 */

import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { Cleanup } from "../../core/cleanup.ts";
import { incidentClock, type Clock } from "../../core/clock.ts";
import type { JournalEvent } from "../../core/journal/event.ts";
import { journalFile } from "../../core/journal/place.ts";
import { programOf, type ClientSpec } from "../client/client-spec.ts";
import { chooseTimeProvider, type SuiteClock, type TimeChoice } from "../client/time/choose.ts";
import { factorOf } from "../client/time/factor.ts";
import { leap, real } from "../client/time/leap.ts";
import type { TimeProvider } from "../client/time/provider.ts";
import type { Reaper } from "../process/reaper.ts";
import type { Engine } from "../proxy/engine.ts";
import type { Scenario, Trial } from "../incident/scenario.ts";
import { machineUptimeMs } from "../process/uptime.ts";
import { judge } from "./judge.ts";
import type { ScenarioResult } from "./result.ts";
import { heldTo } from "./targets.ts";
import { playTrials } from "./play-trials.ts";
import { journalFor, secretsOf, setUp, type Means } from "./set-up.ts";

export interface PlayOptions {
  /** Unique among runs at the same time. */
  id: string;
  scenario: Scenario;
  /** Where that is from, for messages. */
  scenarioFile: string;
  /** The trials to play, of a scenario that has them; all where it is not said. */
  only?: readonly string[] | undefined;
  client: ClientSpec;
  seed: string;
  time: TimeChoice;
  /** Which kind of clock this process is on. */
  suiteClock: SuiteClock;
  engine: Engine;
  reaper: Reaper;
  /** The folder for this run's journal and log. */
  folder: string;
  signal: AbortSignal;
  onEvent?: (event: JournalEvent, startMs: number) => void;
  /** What a client has been through, with its trials, to its end: it stands, whatever becomes of the next. */
  onPlayed?: (results: readonly ScenarioResult[]) => void;
}

/** A result for each trial, or one where the scenario has none. */
export async function play(given: PlayOptions): Promise<ScenarioResult[]> {
  const options = { ...given, scenario: heldTo(given.client.targets, given.scenario) };
  const { scenario, only, id, folder } = options;
  const all = scenario.trials?.filter((one) => only?.includes(one.id) ?? true);
  if (all === undefined) return (await playSession(options, [whole(scenario)])).results;
  const results: ScenarioResult[] = [];
  for (let left = all, session = 1; left.length > 0; session += 1) {
    const own = session === 1 ? {} : { id: `${id}_${session}`, folder: join(folder, left[0]?.id ?? "") };
    const { results: played, begun } = await playSession({ ...options, ...own }, left);
    results.push(...played);
    options.onPlayed?.(played);
    left = left.slice(begun);
    const [first] = played;
    // Who never settles from a fresh start does not in the next trial either.
    if (begun === 1 && first?.verdict === "unplayable") {
      results.push(...left.map((one) => ({ ...first, ...unbegun, trial: one.id })));
      break;
    }
  }
  return results;
}

/** What a trial has that was not begun. */
const unbegun = { wallMs: 0, incidentMs: 0, journal: null, journalSha256: null };

/** A scenario without trials, which is played as one. */
const whole = ({ id, play: all }: Scenario): Trial => ({
  id: "",
  play: all ?? (() => Promise.reject(new Error(`the scenario ${id} has neither play nor trials`))),
});

/**
 * Plays trials on one client, testbed and journal, for as long as the client comes back. @returns How many were begun:
 * the next ones need a client that nothing has happened to.
 */
async function playSession(
  options: PlayOptions,
  trials: readonly Trial[],
): Promise<{ results: ScenarioResult[]; begun: number }> {
  const { scenario, folder } = options;
  const compression = options.suiteClock === "factor" ? factorOf(scenario.expect) : 1;
  const clock = incidentClock({ start: scenario.clock.start, compression, held: true });
  const time = await providerFor(options, clock);
  await mkdir(folder, { recursive: true });
  const secrets = secretsOf(options.client);
  const path = join(folder, journalFile);
  const journal = journalFor(clock, path, secrets);
  const { begun, journalSha256 } = await perform(options, { clock, journal, time, secrets }, trials);
  const results = judge(journal.view(), scenario).map((one) => ({ ...one, journal: path, journalSha256 }));
  return { results, begun };
}

async function providerFor({ suiteClock, scenario, client, time }: PlayOptions, clock: Clock): Promise<TimeProvider> {
  if (suiteClock !== "factor") return suiteClock === "leap" ? leap : real;
  const stepped = scenario.clock.steps === true ? clock : undefined;
  return chooseTimeProvider(time, client.name, programOf(client), stepped);
}

/**
 * Everything between the first and the last line of the journal. What is started is stopped in reverse, come what may.
 * A run that was not played to its end has a journal without one. @returns How many trials were begun, and the journal's
 * SHA-256.
 */
async function perform(
  options: PlayOptions,
  means: Means,
  trials: readonly Trial[],
): Promise<{ begun: number; journalSha256: string | null }> {
  const { journal } = means;
  const startedMs = machineUptimeMs();
  let begun: number;
  try {
    begun = await performOn(options, means, trials);
    journal.write("run.ended", { wallMs: Math.round(machineUptimeMs() - startedMs) });
  } catch (error) {
    // Why the run went wrong counts for more than what its journal could not keep of it.
    await journal.close().catch(() => undefined);
    throw error;
  }
  return { begun, journalSha256: await journal.close() };
}

async function performOn(options: PlayOptions, means: Means, trials: readonly Trial[]): Promise<number> {
  const { clock, journal } = means;
  await using cleanup = new Cleanup();
  const { stage, client } = await setUp(options, means, cleanup);
  clock.release();
  return await playTrials(options, trials, { stage, client, clock, journal, signal: options.signal });
}
