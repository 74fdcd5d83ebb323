/**
 * What a scenario is played with: the testbed, the client's process and the stage, on a clock and a journal that are there.
 * It is the same whether a suite plays a scenario or somebody's own test has the stage in its hands.
 */

import { rm } from "node:fs/promises";
import { join } from "node:path";
import type { Cleanup } from "../../core/cleanup.ts";
import type { Clock } from "../../core/clock.ts";
import { journalVersion } from "../../core/journal/damage.ts";
import type { JournalEvent } from "../../core/journal/event.ts";
import { Journal } from "../../core/journal/journal.ts";
import { Secrets } from "../../core/secrets.ts";
import { ClientLog } from "../client/client-log.ts";
import { ClientProcess } from "../client/client-process.ts";
import { watchLookups } from "../client/lookups.ts";
import { programOf, type ClientSpec } from "../client/client-spec.ts";
import { leap } from "../client/time/leap.ts";
import type { TimeProvider } from "../client/time/provider.ts";
import { onLeapingClock, onTheWall } from "../client/watch-pace.ts";
import type { Scenario, Stage } from "../incident/scenario.ts";
import type { Reaper } from "../process/reaper.ts";
import type { Engine } from "../proxy/engine.ts";
import { watchProxy } from "../proxy/starvation.ts";
import { defaultSymbols, startTestbed, type Testbed } from "../testbed/testbed.ts";
import { watchSlip } from "./slip.ts";
import { stage } from "./stage.ts";

/** What is there already. */
export interface Means {
  clock: Clock;
  journal: Journal;
  time: TimeProvider;
  secrets: Secrets;
}

export interface SetUpOptions {
  /** Unique among runs at the same time. */
  id: string;
  scenario: Scenario;
  client: ClientSpec;
  seed: string;
  engine: Engine;
  reaper: Reaper;
  /** The folder for the client's log. */
  folder: string;
  signal: AbortSignal;
  onEvent?: (event: JournalEvent, startMs: number) => void;
}

export function secretsOf(client: ClientSpec): Secrets {
  const secrets = new Secrets();
  secrets.addVariables(process.env);
  secrets.addVariables(client.env ?? {});
  secrets.addCommand(programOf(client).join(" "));
  return secrets;
}

/** What servers and proxies write is ours alone; what a client says may be secret. */
export const journalFor = (clock: Clock, path: string, secrets: Secrets): Journal =>
  new Journal(clock, path, (type, data) => (type.startsWith("client.") ? secrets.redactAll(data) : data));

/** @param cleanup Gets what has to be stopped. */
export async function setUp(
  options: SetUpOptions,
  means: Means,
  cleanup: Cleanup,
): Promise<{ stage: Stage; client: ClientProcess; testbed: Testbed }> {
  const { id, scenario, client: spec, seed, engine, reaper, folder, signal, onEvent } = options;
  const { clock, journal, time, secrets } = means;
  const { roles, clock: date } = scenario;
  const symbols = scenario.testbed?.symbols ?? defaultSymbols;
  const leaps = time === leap;
  const pace = leaps ? onLeapingClock({ children: roles.includes("connector") }) : onTheWall;

  if (onEvent !== undefined) journal.subscribe((event) => onEvent(event, clock.startMs));
  begin(options, means, symbols);
  if (!leaps) {
    cleanup.defer(watchSlip(clock, journal));
    cleanup.defer(watchProxy(engine, clock, journal));
  }
  const { timezone } = date;
  const redact = (line: string): string => secrets.redact(line);
  const log = new ClientLog(clock, journal, join(folder, "client.log"), { timezone, redact });
  cleanup.defer(() => log.close());
  const testbed = await startTestbed({ ...scenario.testbed, symbols, id, clock, journal, seed, roles, engine, reaper });
  cleanup.defer(() => testbed.close());

  // Never taken back: what a client leaves running is found by the run's mark, wherever it is.
  await reaper.guard({ kind: "run", run: id });
  const { contract } = testbed;
  secrets.addVariables(contract);
  const lookups = await watchLookups(journal);
  cleanup.defer(() => lookups.close());
  const dateFile = join(folder, "client-date");
  cleanup.defer(await reaper.guard({ kind: "path", path: dateFile }));
  cleanup.defer(() => rm(dateFile, { force: true }));
  const client = new ClientProcess({
    ...{ spec, contract, clock, timezone, time, journal, log, reaper, dateFile, pace, lookups },
    run: id,
  });
  cleanup.defer(() => client.close());
  const declared = spec.undeclared === true ? undefined : spec.roles;
  const all = stage({ client, log, testbed, journal, clock, timezone, signal, roles, declared });
  return { stage: all, client, testbed };
}

/** The journal's first line. */
function begin(
  { scenario, client, seed, engine }: SetUpOptions,
  { clock, journal, time }: Means,
  symbols: readonly string[],
): void {
  journal.write("run.started", {
    version: journalVersion,
    scenario: scenario.id,
    client: client.name,
    roles: scenario.roles,
    seed,
    start: scenario.clock.start,
    compression: clock.compression,
    timezone: scenario.clock.timezone,
    symbols,
    proxy: engine.name,
    time: time.name,
  });
}
