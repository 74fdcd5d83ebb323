/**
 * `firedrill prove`: that the tool itself is honest. Plays each scenario against the reference client, which has to
 * pass, and against the broken clients that prove it, each of which has to be caught by the check that is named.
 */

import type { Command } from "commander";
import { pc } from "../../report/colours.ts";
import { exitCode } from "../../../core/errors.ts";
import { count, formatDuration } from "../../../core/units.ts";
import { allClients } from "../../catalogue/clients.ts";
import { allScenarios, pickScenarios } from "../../catalogue/scenarios.ts";
import { chooseSuiteClock } from "../../client/time/choose.ts";
import { readConfig } from "../../config.ts";
import { isOurs } from "../../proxy/choose.ts";
import { headline } from "../../report/headline.ts";
import { liveArea } from "../../report/live-area.ts";
import { proofTable } from "../../report/proof-table.ts";
import { Progress } from "../../report/progress.ts";
import type { Reporter } from "../../runner/reporter.ts";
import { mark, replayed, resultMark } from "../../report/style.ts";
import { expectationOf, proofOf, provingRuns, type Expectation } from "../../runner/expectation.ts";
import { runName, shard, incidentMsOf, type PlannedRun } from "../../runner/plan.ts";
import type { ScenarioResult } from "../../runner/result.ts";
import { runSuite } from "../../runner/suite.ts";
import { Exit, type CommandModule } from "../command.ts";
import { onInterrupt } from "../interrupt.ts";
import { addRunOptions, newRun, type RunFlags } from "../run-options.ts";

export default {
  order: 2,
  add(program: Command) {
    const command = program
      .command("prove")
      .description("show that every check bites: reference passes, each broken client is caught")
      .argument("[scenario...]", "ids or globs; all where none is named");
    addRunOptions(command).action(prove);
  },
} satisfies CommandModule;

async function prove(names: string[], flags: RunFlags): Promise<void> {
  const config = await readConfig(process.cwd());
  const clients = await allClients(config);
  const scenarios = pickScenarios(await allScenarios(config), names, flags.grep);
  // The short ones first: a newcomer sees a verdict within seconds.
  const short = scenarios.toSorted((a, b) => incidentMsOf(a) - incidentMsOf(b));
  const runs = shard(
    short.flatMap((scenario) => provingRuns(scenario, clients)),
    flags.shard,
  );
  const expectations = new Map<PlannedRun, Expectation[]>();
  const { id, folder, seed } = newRun(flags);
  const { proxy, time, jobs } = flags;
  const { run } = await runSuite({
    plan: { runs, seed, proxy, time, suiteClock: await chooseSuiteClock(time, { leaps: isOurs(proxy) }) },
    id,
    time,
    jobs,
    output: folder,
    reporters: [
      reporter((run, result) =>
        expectations.set(run, [...(expectations.get(run) ?? []), expectationOf(run.scenario, result)]),
      ),
    ],
    signal: onInterrupt(),
  });
  const inOrder = runs.flatMap((planned) => expectations.get(planned) ?? []);
  const asked = inOrder.filter(({ applicable }) => applicable);
  const kept = asked.filter(({ holds }) => holds).length;
  const lacking = inOrder.length - asked.length;
  const { incidentMs, wallMs } = run;
  process.stdout.write(
    `\n${proofTable(inOrder)}\n\n${kept === asked.length ? mark.pass : mark.fail} ${kept} of ${count(asked.length, "expectation")} hold${lacking === 0 ? "" : `, ${lacking} not applicable here`}. ` +
      `${formatDuration(incidentMs)} of incident replayed in ${formatDuration(wallMs)}.\n`,
  );
  process.stdout.write(pc.dim("Try your own client: npx firedrill run signal-close-1000 --command 'node my-bot.js'\n"));
  if (kept !== asked.length) throw new Exit(exitCode.fail);
  if (asked.length === 0) throw new Exit(exitCode.unknown);
}

function reporter(expect: (run: PlannedRun, result: ScenarioResult) => unknown): Reporter {
  const area = liveArea();
  const progress = new Progress(area, { narrated: false });
  return {
    started(plan) {
      const intro =
        "Each scenario replays an incident. The reference client must pass it; each broken client has one defect and must be caught.";
      area.print(`${headline(plan, `seed ${plan.seed}`)}\n${intro}\n`);
    },
    event: (run, event, startMs) => progress.event(run, event, startMs),
    finished(run, result) {
      progress.finished(run);
      expect(run, result);
      area.print(lines(run, result));
    },
    ended: () => area.close(),
  };
}

/** The verdict, and why: of a broken client the message of the check that caught it, of a surprise that of what surprised. */
function lines(run: PlannedRun, result: ScenarioResult): string {
  const { holds, applicable, wanted, seen } = expectationOf(run.scenario, result);
  if (!applicable)
    return `${mark["not-applicable"]} ${pc.bold(runName(run, result.trial))}  not applicable\n    ${pc.dim(result.reason ?? "")}`;
  const state = !holds ? `expected ${wanted}, seen: ${seen}` : wanted === "pass" ? "passes" : `is caught: ${wanted}`;
  const proof = run.scenario.provenBy[run.client.name];
  const named = proof === undefined ? undefined : proofOf(proof).check;
  const failed = result.checks.filter(({ verdict }) => verdict === "fail" || verdict === "unknown");
  const worst = failed.find(({ verdict }) => verdict === "fail") ?? failed[0];
  const why = result.reason ?? (failed.find(({ name }) => name === named) ?? worst)?.message;
  const head = `${holds ? mark.pass : resultMark({ ...result, verdict: "fail" })} ${pc.bold(runName(run, result.trial))}  ${state}  ${pc.dim(replayed(result))}`;
  return why === undefined ? head : `${head}\n    ${pc.dim(why)}`;
}
