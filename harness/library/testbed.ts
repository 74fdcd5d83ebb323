/**
 * A testbed in somebody's own test, in Vitest, Jest or node:test: the servers, the proxies and, where a command is given,
 * the client, with what a scenario's `play` has in its hands, and checks to ask of what was seen. It runs at the wall's
 * pace on today's date; incidents of hours are for scenarios, whose clock leaps. `await using` takes it down.
 */

import { randomBytes } from "node:crypto";
import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { Cleanup } from "../../core/cleanup.ts";
import { incidentClock, wallClock } from "../../core/clock.ts";
import { FiredrillError } from "../../core/errors.ts";
import { journalFile } from "../../core/journal/place.ts";
import type { JournalView } from "../../core/journal/view.ts";
import { hours } from "../../core/units.ts";
import type { ClientSpec } from "../client/client-spec.ts";
import type { Contract } from "../client/environment.ts";
import type { TimeProvider } from "../client/time/provider.ts";
import { lineOf, type Check } from "../incident/check.ts";
import { checkedRoles, roles as everyRole } from "../incident/roles.ts";
import { scenario, type Stage } from "../incident/scenario.ts";
import type { TestbedSettings } from "../incident/testbed-settings.ts";
import { startReaper, type Reaper } from "../process/reaper.ts";
import { startEngine } from "../proxy/choose.ts";
import { judgeCheck, settingOf } from "../runner/judge.ts";
import type { CheckResult } from "../runner/result.ts";
import { journalFor, secretsOf, setUp } from "../runner/set-up.ts";

export interface OwnTestbedOptions extends TestbedSettings {
  /** The client, which `client.start()` starts: program and arguments, or one string for the shell. */
  command?: ClientSpec["command"];
  /** Its own variables; `{FIREDRILL_…}` in a value is replaced by that variable of the contract. */
  env?: Readonly<Record<string, string>>;
  cwd?: string;
  /** What it does. Default: what it is seen to do. */
  roles?: readonly string[];
  /** Of the market and every random choice. Default: another one each time. */
  seed?: string;
  timezone?: string;
  /** `auto`, `embedded`, `binary`, or the URL of a Toxiproxy. */
  proxy?: string;
  /** Where journal and log are kept. Default: nowhere, once it is closed. */
  output?: string;
}

/** All durations are ms. */
export interface OwnTestbed extends Stage, AsyncDisposable {
  /** The variables that tell a client where to connect, for one that the test starts by itself. */
  readonly env: Contract;
  /** What servers, proxies and the client have written so far; it grows. */
  readonly journal: JournalView;
  /** The folder of `journal.ndjson` and `client.log`. */
  readonly folder: string;
  /** Asks of what was seen until now. */
  judge(check: Check): CheckResult;
  close(): Promise<void>;
}

/** The client's date is this machine's, and stays so. */
const today: TimeProvider = {
  name: "real",
  availability: () => Promise.resolve({ available: true, detail: "this machine's own" }),
  canDrive: () => true,
  cannotStep: () => "in a test of one's own the client has this machine's date",
  setDate: () => undefined,
  environment: () => ({}),
  late: () => ({}),
  leftovers: [],
  seesLookups: false,
};

/** @throws FiredrillError where the options are wrong, or an engine is asked for that this machine does not have. */
export async function startTestbed(options: OwnTestbedOptions = {}): Promise<OwnTestbed> {
  const cleanup = new Cleanup();
  try {
    return await start(options, cleanup);
  } catch (error) {
    await cleanup[Symbol.asyncDispose]();
    throw error;
  }
}

async function start(options: OwnTestbedOptions, cleanup: Cleanup): Promise<OwnTestbed> {
  const { command, roles = everyRole, timezone = "UTC", env, cwd, output, proxy = "auto", ...settings } = options;
  const seed = options.seed ?? randomBytes(4).toString("hex");
  const client: ClientSpec = {
    ...{ name: "client", summary: "", command: command ?? "", roles: checkedRoles(roles, "startTestbed") },
    ...(options.roles === undefined ? { undeclared: true } : {}),
    ...(env === undefined ? {} : { env }),
    ...(cwd === undefined ? {} : { cwd }),
  };
  const clock = incidentClock({ start: wallClock.now(), compression: 1, held: true });
  const about = scenario({
    ...{ id: "testbed", title: "a test of one's own", roles: checkedRoles(roles, "startTestbed") },
    clock: {
      ...{ start: new Date(clock.startMs).toISOString(), end: new Date(clock.startMs + hours(24)).toISOString() },
      timezone,
    },
    testbed: settings,
    expect: [],
  });
  const reaper = startReaper();
  cleanup.defer(() => reaper.close());
  const folder = await folderFor(output, { reaper, cleanup });
  const engine = await startEngine(proxy, { seed, reaper });
  cleanup.defer(() => engine.stop());
  const secrets = secretsOf(client);
  const journal = journalFor(clock, join(folder, journalFile), secrets);
  cleanup.defer(() => journal.close());
  const aborted = new AbortController();
  const id = `test_${randomBytes(4).toString("hex")}`;
  const { stage, testbed } = await setUp(
    { id, scenario: about, client, seed, engine, reaper, folder, signal: aborted.signal },
    { clock, journal, time: today, secrets },
    cleanup,
  );
  // Who waits for something is not to wait for ever.
  cleanup.defer(() => aborted.abort(new Error("The testbed was closed.")));
  clock.release();
  const close = (): Promise<void> => cleanup[Symbol.asyncDispose]();
  return {
    ...stage,
    client: { ...stage.client, start: () => (command === undefined ? withoutCommand() : stage.client.start()) },
    env: testbed.contract,
    journal: journal.view(),
    folder,
    judge: (check) => judgeNow(journal.view(), check),
    close,
    [Symbol.asyncDispose]: close,
  };
}

const withoutCommand = (): Promise<never> =>
  Promise.reject(
    new FiredrillError(
      'This testbed has no client to start. Give its command, startTestbed({ command: ["python", "bot.py"] }), or start it yourself with testbed.env.',
    ),
  );

async function folderFor(
  output: string | undefined,
  { reaper, cleanup }: { reaper: Reaper; cleanup: Cleanup },
): Promise<string> {
  if (output !== undefined) {
    await mkdir(output, { recursive: true });
    return resolve(output);
  }
  const folder = await mkdtemp(join(tmpdir(), "firedrill-testbed-"));
  cleanup.defer(await reaper.guard({ kind: "path", path: folder }));
  cleanup.defer(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

function judgeNow(journal: JournalView, check: Check): CheckResult {
  const started = journal.first("run.started");
  if (started === undefined) throw new Error("the testbed's journal does not begin with run.started");
  const { verdict, ...rest } = judgeCheck(check, journal, settingOf(started));
  const fault = journal
    .all("fault.armed")
    .find((armed) => !journal.all("fault.landed").some((one) => one.fault === armed.fault));
  // As in a scenario: what never hit proves nothing.
  if (verdict !== "pass" || fault === undefined) return { verdict, ...rest };
  const message = `Nothing is known of this yet: ${fault.name} is armed and has not hit; it waits for ${fault.awaits}. ${rest.message}`;
  return { ...rest, verdict: "unknown", message, evidence: [lineOf(fault, "the fault that has not hit")] };
}
