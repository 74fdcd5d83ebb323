/** `firedrill compare RUN RUN`: before against after, and whether it got better by as much as it had to. */

import { resolve } from "node:path";
import { InvalidArgumentError, type Command } from "commander";
import { exitCode } from "../../../core/errors.ts";
import { compare, type Targets } from "../../compare/comparison.ts";
import { comparisonTable } from "../../report/comparison-table.ts";
import { readPlays } from "../../runner/stored/stored-run.ts";
import { Exit, type CommandModule } from "../command.ts";
import { option } from "../run-options.ts";

export default {
  order: 5,
  add(program: Command) {
    program
      .command("compare")
      .description("two runs of the same scenarios, before against after: resets, timeouts, recovery, checks")
      .argument("<before>", "the folder of a run, or of one client's play in it")
      .argument("<after>", "the same")
      .addOption(
        option("--fewer-resets <percent>", "FEWER_RESETS", "how many fewer connection resets there have to be")
          .argParser(percent)
          .default(80),
      )
      .addOption(
        option("--fewer-timeouts <percent>", "FEWER_TIMEOUTS", "how many fewer timeouts there have to be")
          .argParser(percent)
          .default(60),
      )
      .option("--json", "the comparison for programs")
      .action(async (before: string, after: string, flags: Targets & { json?: boolean }) => {
        const [old, young] = [await readPlays(resolve(before)), await readPlays(resolve(after))];
        const comparison = compare({ name: before, plays: old }, { name: after, plays: young }, flags);
        process.stdout.write(
          `${flags.json === true ? JSON.stringify(comparison, null, 2) : comparisonTable(comparison)}\n`,
        );
        if (comparison.verdict !== "pass") throw new Exit(exitCode[comparison.verdict]);
      });
  },
} satisfies CommandModule;

function percent(text: string): number {
  const value = Number(text);
  if (!(value >= 0 && value <= 100)) throw new InvalidArgumentError("It has to be a number from 0 to 100.");
  return value;
}
