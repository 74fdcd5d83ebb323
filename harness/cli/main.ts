/**
 * The command line. Finds the commands, parses, and turns whatever happens into an exit code and, for a mistake of the
 * user, one clear message. A stack trace means a bug of ours (exit code 70).
 */

import { existsSync, readFileSync } from "node:fs";
import { Command, CommanderError } from "commander";
import { pc } from "../report/colours.ts";
import { exitCode, FiredrillError } from "../../core/errors.ts";
import { loadFolder } from "../../core/load-folder.ts";
import { outliveReaders } from "./closed-output.ts";
import { Exit, type CommandModule } from "./command.ts";

async function main(argv: string[]): Promise<number> {
  const program = new Command("firedrill")
    .description("Replays exchange-connectivity incidents against a real trading client and judges its recovery.")
    .version(packageVersion(), "-V, --version", "print the version")
    .exitOverride()
    .configureOutput({ outputError: (text, write) => write(pc.red(text)) })
    .showSuggestionAfterError();
  // What another command needs is not loaded for this one; for help, and to suggest the nearest name, all of them are.
  const loaded = await loadFolder<CommandModule>(new URL("./commands/", import.meta.url), argv[2]);
  const commands = loaded.map(({ value }) => value);
  for (const command of commands.toSorted((a, b) => a.order - b.order)) command.add(program);
  for (const command of program.commands) command.exitOverride().configureOutput(program.configureOutput());

  try {
    await program.parseAsync(argv);
    return exitCode.pass;
  } catch (error) {
    return report(error);
  }
}

function packageVersion(): string {
  // From the sources it is three folders up, from the build a fourth.
  const file = [1, 2, 3, 4].map((up) => new URL(`${"../".repeat(up)}package.json`, import.meta.url)).find(existsSync);
  if (file === undefined) throw new Error("the package's package.json is gone");
  return (JSON.parse(readFileSync(file, "utf8")) as { version: string }).version;
}

function report(error: unknown): number {
  if (error instanceof Exit) return error.code;
  // Commander has printed its message, or the help that was asked for.
  if (error instanceof CommanderError) return error.exitCode === 0 ? exitCode.pass : exitCode.usage;
  if (error instanceof FiredrillError) {
    process.stderr.write(`${pc.red("firedrill:")} ${error.message}\n`);
    return error.exitCode;
  }
  const trace = error instanceof Error ? (error.stack ?? error.message) : String(error);
  process.stderr.write(`${pc.red("Firedrill crashed. This is a bug of Firedrill's, not of your client:")}\n${trace}\n`);
  return exitCode.crash;
}

outliveReaders(process.stdout, process.stderr);
process.exitCode = await main(process.argv);
