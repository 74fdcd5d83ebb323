/** `firedrill show RUN`: the story of a run in the terminal, trial by trial: the verdicts, then what led to them. */

import { readFile } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import type { Command } from "commander";
import { JournalView } from "../../../core/journal/view.ts";
import { trialsOf } from "../../evidence/trials.ts";
import { describe } from "../../report/reporters/list.ts";
import { storyOf } from "../../report/story.ts";
import type { ScenarioResult } from "../../runner/result.ts";
import { findPlays, playName, type FoundPlay } from "../../runner/stored/stored-run.ts";
import type { CommandModule } from "../command.ts";

export default {
  order: 5,
  add(program: Command) {
    program
      .command("show")
      .description("tell the story of a stored run: what broke, what was lost, what the client said")
      .argument("<run>", "the folder of a run, such as .firedrill/latest, or of one play in it")
      .option("--json", "the results that the story is of, for programs")
      .action(async (run: string, flags: { json?: boolean }) => {
        const plays = await findPlays(resolve(run));
        if (flags.json === true) {
          process.stdout.write(
            `${JSON.stringify(
              plays.flatMap(({ recorded }) => recorded),
              null,
              2,
            )}\n`,
          );
          return;
        }
        const stories = await Promise.all(plays.map(storiesOf));
        process.stdout.write(`${stories.flat().join("\n\n")}\n`);
      });
  },
} satisfies CommandModule;

async function storiesOf({ path, recorded, found }: FoundPlay): Promise<string[]> {
  // A run that was ended in the middle has a story too, but it is not told as one that can be relied on.
  if (!(found instanceof JournalView)) return [`${path}\n    ${found.damage}`];
  const log = await readFile(join(dirname(path), "client.log"), "utf8").catch(() => "");
  const trials = trialsOf(found);
  return recorded.map((result) => {
    const own = result.trial === null ? found : trials.find(({ trial }) => trial === result.trial)?.journal;
    return [describe(nameOf(result), result), "", own === undefined ? "" : storyOf(own, log)].join("\n");
  });
}

const nameOf = (result: ScenarioResult): string =>
  `${playName(result)}${result.attempt > 1 ? ` (attempt ${result.attempt})` : ""}`;
