/** `firedrill report RUN`: renders a stored run again, for whoever wants another format than it was played with. */

import { resolve } from "node:path";
import type { Command } from "commander";
import { FiredrillError } from "../../../core/errors.ts";
import { allScenarios } from "../../catalogue/scenarios.ts";
import { readConfig } from "../../config.ts";
import { createReporters } from "../../report/choose.ts";
import { plannedOf } from "../../runner/stored/stored-plan.ts";
import { readResult } from "../../runner/stored/stored-run.ts";
import type { CommandModule } from "../command.ts";
import { collect, option } from "../run-options.ts";

export default {
  order: 6,
  add(program: Command) {
    program
      .command("report")
      .description("render a stored run again")
      .argument("<run>", "the folder of a run, such as .firedrill/latest")
      .addOption(option("--reporter <name>", "REPORTER", "list, json, junit, github, html or trace").argParser(collect))
      .action(async (run: string, flags: { reporter?: string[] }) => {
        const stored = await readResult(resolve(run));
        if (stored === undefined) {
          throw new FiredrillError(`There is no finished run at ${run}. The newest is .firedrill/latest.`);
        }
        const { folder, result } = stored;
        const reporters = await createReporters(flags.reporter ?? ["html"]);
        for (const each of plannedOf(result.results, await allScenarios(await readConfig(process.cwd()))))
          for (const reporter of reporters) reporter.finished?.(each.run, each.result);
        for (const reporter of reporters) await reporter.ended?.(result, folder);
      });
  },
} satisfies CommandModule;
