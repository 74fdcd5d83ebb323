/**
 * `firedrill mock exchange|signal|webhook`: one mock alone until Ctrl-C, on the wall clock or on a clock of its own. With
 * `--start` the same seed gives the same data to the byte, whenever it is started.
 */

import { once } from "node:events";
import { InvalidArgumentError, type Command } from "commander";
import { pc } from "../../report/colours.ts";
import { incidentClock, wallClock } from "../../../core/clock.ts";
import { unknownName, FiredrillError } from "../../../core/errors.ts";
import { loadFolder } from "../../../core/load-folder.ts";
import { random } from "../../../core/random.ts";
import { defaultSymbols } from "../../testbed/default-symbols.ts";
import type { CommandModule } from "../command.ts";
import { onInterrupt } from "../interrupt.ts";
import { forgetfulJournal } from "../mock-journal.ts";
import type { MockKind } from "../mock-kind.ts";
import { option } from "../run-options.ts";

interface Flags {
  port: number;
  seed: string;
  symbols: string[];
  start?: string;
}

export default {
  order: 7,
  add(program: Command) {
    program
      .command("mock")
      .description("one mock alone, until Ctrl-C")
      .argument("<mock>", "exchange, signal or webhook")
      .addOption(option("--port <port>", "PORT", "where it listens; 0 takes a free port").argParser(port).default(0))
      .addOption(option("--seed <seed>", "SEED", "the same seed gives the same data").default("firedrill"))
      .addOption(
        option("--symbols <symbols>", "SYMBOLS", "comma-separated")
          .argParser((text) => text.split(","))
          .default(defaultSymbols, "15 linear perpetuals"),
      )
      .addOption(
        option(
          "--start <date>",
          "START",
          "the date at which its clock starts, ISO; a client has to share it to sign in",
        ),
      )
      .action(mock);
  },
} satisfies CommandModule;

async function mock(name: string, flags: Flags): Promise<void> {
  const loaded = await loadFolder<MockKind>(new URL("../mocks/", import.meta.url), name);
  const kinds = loaded.map(({ value }) => value);
  const kind = kinds.find((candidate) => candidate.name === name);
  if (kind === undefined) {
    throw new FiredrillError(
      unknownName(
        "mock",
        name,
        kinds.map((candidate) => candidate.name),
      ),
    );
  }
  const { port: wanted, symbols, seed, start } = flags;
  // Held until it listens: how long starting took must not show in the data.
  const clock = incidentClock({ start: start ?? wallClock.now(), compression: 1, held: start !== undefined });
  const served = { clock, journal: forgetfulJournal, random: random(seed), port: wanted, symbols };
  const running = await kind.start(served);
  clock.release();
  process.stdout.write(`${pc.bold(`mock ${kind.name}`)}  ${kind.summary}\n${running.lines.join("\n")}\n`);
  await once(onInterrupt(), "abort");
  await running.close();
}

function port(text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 0 || value > 65_535)
    throw new InvalidArgumentError("It has to be 0 to 65535.");
  return value;
}
