/**
 * Plays one scenario against one client: a clock, a journal, a testbed and a client process of its own, then the
 * judgement. Whatever happens in between, everything it started is gone when it returns.
 */

import { mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { incidentClock, wallClock, type Clock } from "../../core/clock.ts";
import { FiredrillError } from "../../core/errors.ts";
import type { JournalEvent } from "../../core/journal/event.ts";
import { Journal } from "../../core/journal/journal.ts";
import { ClientLog } from "../client/client-log.ts";
import { ClientProcess } from "../client/client-process.ts";
import { programOf, type ClientSpec } from "../client/client-spec.ts";
import { chooseTimeProvider, type TimeChoice } from "../client/time/choose.ts";
import type { TimeProvider } from "../client/time/provider.ts";
import type { Reaper } from "../process/reaper.ts";
import type { Engine } from "../proxy/engine.ts";
import type { Scenario } from "../scenario.ts";
import { defaultSymbols, startTestbed } from "../testbed/testbed.ts";
import { judge } from "./judge.ts";
import type { ScenarioResult } from "./result.ts";
import { watchProxy } from "../proxy/starvation.ts";
import { watchSlip } from "./slip.ts";
import { NotApplicable } from "./play-fault.ts";
import { PlayAborted, stage } from "./stage.ts";

export interface PlayOptions {
  /** Unique among runs at the same time. */
  id: string;
  scenario: Scenario;
  client: ClientSpec;
  seed: string;
  time: TimeChoice;
  compression: number;
  engine: Engine;
  reaper: Reaper;
  /** The folder for this run's journal and log. */
  folder: string;
  signal: AbortSignal;
  onEvent?: (event: JournalEvent, startMs: number) => void;
}

export const journalFile = "journal.ndjson";

export async function play(options: PlayOptions): Promise<ScenarioResult> {
  const { scenario, client, compression, folder } = options;
  const clock = incidentClock({ start: scenario.clock.start, compression, held: true });
  const stepped = scenario.clock.steps === true ? clock : undefined;
  const time = await chooseTimeProvider(options.time, client.name, programOf(client), stepped);
  if (time.name === "real") {
    throw new FiredrillError(
      `Cannot play ${scenario.id} with --time real: it needs its own date (${scenario.clock.start}) and x${compression}. Use --time faketime or preload.`,
    );
  }
  await mkdir(folder, { recursive: true });
  const journal = new Journal(clock, join(folder, journalFile));
  await perform(options, { clock, journal, time });
  return judge(journal.view(), scenario);
}

/** Everything between the first and the last line of the journal. What is started is stopped in reverse, come what may. */
async function perform(
  options: PlayOptions,
  { clock, journal, time }: { clock: Clock; journal: Journal; time: TimeProvider },
): Promise<void> {
  const { id, scenario, client: spec, seed, engine, reaper, folder, signal, onEvent } = options;
  const { timezone } = scenario.clock;
  const { roles } = scenario;
  const symbols = scenario.testbed?.symbols ?? defaultSymbols;
  const startedMs = wallClock.elapsed();

  await using cleanup = new AsyncDisposableStack();
  cleanup.defer(() => journal.close());
  cleanup.defer(() => void journal.write("run.ended", { wallMs: Math.round(wallClock.elapsed() - startedMs) }));
  if (onEvent !== undefined) journal.subscribe((event) => onEvent(event, clock.startMs));
  journal.write("run.started", {
    scenario: scenario.id,
    client: spec.name,
    roles,
    seed,
    start: scenario.clock.start,
    compression: clock.compression,
    timezone,
    symbols,
    proxy: engine.name,
    time: time.name,
  });
  cleanup.defer(watchSlip(clock, journal));
  cleanup.defer(watchProxy(engine, clock, journal));
  const log = new ClientLog(clock, journal, join(folder, "client.log"));
  cleanup.defer(() => log.close());
  const testbed = await startTestbed({ ...scenario.testbed, symbols, id, clock, journal, seed, roles, engine, reaper });
  cleanup.defer(() => testbed.close());

  // Never taken back: what a client left running under another group is found by this mark at the end.
  await reaper.guard({ kind: "marked", variable: `FIREDRILL_RUN=${id}` });
  const { contract } = testbed;
  const mark = { FIREDRILL_RUN: id };
  const dateFile = join(folder, "client-date");
  cleanup.defer(await reaper.guard({ kind: "path", path: dateFile }));
  cleanup.defer(() => rm(dateFile, { force: true }));
  const client = new ClientProcess({ spec, contract, clock, timezone, time, journal, log, reaper, mark, dateFile });
  cleanup.defer(() => client.stop("SIGTERM", "end-of-run"));

  clock.release();
  try {
    await scenario.play(stage({ client, log, testbed, journal, clock, timezone, signal }));
  } catch (error) {
    if (error instanceof NotApplicable) journal.write("run.not-applicable", { message: error.message });
    else if (error instanceof PlayAborted) journal.write("run.aborted", { message: error.message });
    else throw error;
  }
}
