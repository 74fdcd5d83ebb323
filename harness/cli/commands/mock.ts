/** `firedrill mock exchange|signal`: one mock alone, on the wall clock, until Ctrl-C. */

import { once } from "node:events";
import { InvalidArgumentError, type Command } from "commander";
import pc from "picocolors";
import { wallClock } from "../../../core/clock.ts";
import { unknownName, FiredrillError } from "../../../core/errors.ts";
import { Journal } from "../../../core/journal/journal.ts";
import { loadFolder } from "../../../core/load-folder.ts";
import { random } from "../../../core/random.ts";
import { defaultSymbols } from "../../testbed/testbed.ts";
import type { CommandModule } from "../command.ts";
import { onInterrupt } from "../interrupt.ts";
import type { MockKind } from "../mock-kind.ts";
import { option } from "../run-options.ts";

interface Flags {
  port: number;
  seed: string;
  symbols: string[];
}

export default {
  order: 6,
  add(program: Command) {
    program
      .command("mock")
      .description("one mock alone, until Ctrl-C")
      .argument("<mock>", "exchange or signal")
      .addOption(option("--port <port>", "PORT", "where it listens; 0 takes a free port").argParser(port).default(0))
      .addOption(option("--seed <seed>", "SEED", "the same seed gives the same data").default("firedrill"))
      .addOption(
        option("--symbols <symbols>", "SYMBOLS", "comma-separated")
          .argParser((text) => text.split(","))
          .default(defaultSymbols, "15 linear perpetuals"),
      )
      .action(mock);
  },
} satisfies CommandModule;

async function mock(name: string, flags: Flags): Promise<void> {
  const kinds = (await loadFolder<MockKind>(new URL("../mocks/", import.meta.url))).map(({ value }) => value);
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
  const journal = new Journal(wallClock);
  const { port: wanted, symbols, seed } = flags;
  const running = await kind.start({ clock: wallClock, journal, random: random(seed), port: wanted, symbols });
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
