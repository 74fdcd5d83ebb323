/** `firedrill judge RUN`: judges stored journals again, with the checks of today, without running anything. */

import { resolve } from "node:path";
import type { Command } from "commander";
import { FiredrillError } from "../../../core/errors.ts";
import { readJournal } from "../../../core/journal/stored.ts";
import { allScenarios, pickScenarios } from "../../catalogue/scenarios.ts";
import { readConfig } from "../../config.ts";
import { describe } from "../../report/reporters/list.ts";
import { judge } from "../../runner/judge.ts";
import { journalsIn } from "../../runner/stored-run.ts";
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
            : `${results.map((result) => describe(`${result.scenario} × ${result.client}`, result)).join("\n")}\n`,
        );
        const code = exitCodeOf(results);
        if (code !== 0) throw new Exit(code);
      });
  },
} satisfies CommandModule;

async function judgeAll(run: string): Promise<ScenarioResult[]> {
  const scenarios = await allScenarios(await readConfig(process.cwd()));
  return Promise.all(
    (await journalsIn(run)).map(async (path) => {
      const journal = await readJournal(path);
      const id = journal.first("run.started")?.scenario;
      if (id === undefined)
        throw new FiredrillError(`${path} is not the journal of a run: it has no run.started event.`);
      const [scenario] = pickScenarios(scenarios, [id]);
      if (scenario === undefined) throw new FiredrillError(`The scenario ${id} of ${path} is not known any more.`);
      return judge(journal, scenario);
    }),
  );
}
