/** `firedrill judge RUN`: judges stored journals again, with the checks of today, without running anything. */

import { resolve } from "node:path";
import type { Command } from "commander";
import { FiredrillError, unknownName } from "../../../core/errors.ts";
import { JournalView } from "../../../core/journal/view.ts";
import { allClients } from "../../catalogue/clients.ts";
import { allScenarios } from "../../catalogue/scenarios.ts";
import { readConfig } from "../../config.ts";
import { describe } from "../../report/reporters/list.ts";
import { judge } from "../../runner/judge.ts";
import { findPlays, playName } from "../../runner/stored/stored-run.ts";
import { heldTo } from "../../runner/targets.ts";
import { unjudged } from "../../runner/unplayed.ts";
import type { ScenarioResult } from "../../runner/result.ts";
import { Exit, type CommandModule } from "../command.ts";
import { exitCodeOf } from "../exit-code.ts";

export default {
  order: 4,
  add(program: Command) {
    program
      .command("judge")
      .description("judge a stored run again")
      .argument("<run>", "the folder of a run, such as .firedrill/latest, or one journal")
      .option("--json", "the results for programs")
      .action(async (run: string, flags: { json?: boolean }) => {
        const results = await judgeAll(resolve(run));
        process.stdout.write(
          flags.json === true
            ? `${JSON.stringify(results, null, 2)}\n`
            : `${results.map((result) => describe(playName(result), result)).join("\n")}\n`,
        );
        const code = exitCodeOf(results);
        if (code !== 0) throw new Exit(code);
      });
  },
} satisfies CommandModule;

async function judgeAll(run: string): Promise<ScenarioResult[]> {
  const config = await readConfig(process.cwd());
  const scenarios = await allScenarios(config);
  const clients = await allClients(config);
  const plays = await findPlays(run);
  return plays.flatMap((play) => {
    const { path, recorded, found } = play;
    if (!(found instanceof JournalView)) return unjudged(play, found.damage);
    const id = found.first("run.started")?.scenario ?? "";
    const scenario = scenarios.find((each) => each.id === id);
    if (scenario === undefined) {
      throw new FiredrillError(
        `Cannot judge ${path}. ${unknownName(
          "scenario",
          id,
          scenarios.map((each) => each.id),
        )} Judge it where its scenario is.`,
      );
    }
    const { journal = null, journalSha256 = null, repeat = 1, attempt = 1 } = recorded[0] ?? {};
    const client = found.first("run.started")?.client;
    const { targets } = clients.find(({ name }) => name === client) ?? {};
    return judge(found, heldTo(targets, scenario)).map((result) => ({
      ...result,
      ...{ journal, journalSha256, repeat, attempt },
      again: recorded.find(({ trial }) => trial === result.trial)?.again ?? null,
    }));
  });
}
