/** `firedrill merge RUN …`: joins the parts that `--shard` has played on several machines; the verdicts are those of the parts. */

import { resolve } from "node:path";
import type { Command } from "commander";
import { FiredrillError } from "../../../core/errors.ts";
import { allScenarios } from "../../catalogue/scenarios.ts";
import { readConfig } from "../../config.ts";
import { createReporters } from "../../report/choose.ts";
import { mergedResult, mergeFolders, type StoredRun } from "../../runner/stored/merge.ts";
import { linkLatest, makeOutputFolder } from "../../runner/output-folder.ts";
import { plannedOf } from "../../runner/stored/stored-plan.ts";
import { readResult } from "../../runner/stored/stored-run.ts";
import { storeResult } from "../../runner/suite.ts";
import { Exit, type CommandModule } from "../command.ts";
import { exitCodeOf } from "../exit-code.ts";
import { collect, newRun, option } from "../run-options.ts";

interface Flags {
  reporter?: string[];
  output?: string;
  allowFlaky?: boolean;
}

export default {
  order: 7,
  add(program: Command) {
    program
      .command("merge")
      .description("join the parts of a run that --shard has played")
      .argument("<run...>", "the folders of the parts")
      .addOption(option("--output <folder>", "OUTPUT", "where the whole goes (default: .firedrill/<run id>)"))
      .addOption(option("--reporter <name>", "REPORTER", "list, json, junit, github, html or trace").argParser(collect))
      .addOption(option("--allow-flaky", "ALLOW_FLAKY", "exit with 0 where all that did not pass at first did later"))
      .action(merge);
  },
} satisfies CommandModule;

async function merge(folders: string[], flags: Flags): Promise<void> {
  const runs: StoredRun[] = [];
  for (const folder of folders.map((one) => resolve(one))) {
    const stored = await readResult(folder);
    if (stored?.folder !== folder) {
      throw new FiredrillError(
        `${folder} is no finished run: it has no result.json. A part that had nothing to play leaves none; leave it out.`,
      );
    }
    runs.push(stored);
  }
  const { id, folder: output } = newRun({ ...(flags.output === undefined ? {} : { output: flags.output }) });
  const whole = mergedResult(runs, id);
  await makeOutputFolder(output);
  await mergeFolders(runs, output);
  await storeResult(output, whole);
  await linkLatest(output);
  const reporters = await createReporters(flags.reporter ?? ["list"]);
  for (const each of plannedOf(whole.results, await allScenarios(await readConfig(process.cwd()))))
    for (const reporter of reporters) reporter.finished?.(each.run, each.result);
  for (const reporter of reporters) await reporter.ended?.(whole, output);
  const code = exitCodeOf(whole.results, { allowFlaky: flags.allowFlaky === true });
  if (code !== 0) throw new Exit(code);
}
