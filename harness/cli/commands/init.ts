/**
 * `firedrill init`: writes a config for a bot, and a first scenario and check to start from. It asks for the command that
 * starts the bot, and finds the variables that its sources read; every question is also a switch. Nothing that is there
 * is overwritten.
 */

import { existsSync } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import { basename, dirname, resolve } from "node:path";
import { createInterface } from "node:readline/promises";
import type { Command } from "commander";
import { FiredrillError } from "../../../core/errors.ts";
import { configFile } from "../../config.ts";
import type { CommandModule } from "../command.ts";
import { mappingOf, variablesBelow } from "../init/find-variables.ts";
import { check, checkFile, config, scenario, scenarioFile, type Answers } from "../init/templates.ts";
import { collect, option } from "../run-options.ts";

interface Flags {
  name?: string;
  command?: string;
  env?: string[];
  yes?: boolean;
  json?: boolean;
}

export default {
  order: 8,
  add(program: Command) {
    program
      .command("init")
      .description("write a config for your bot, and a first scenario and check")
      .addOption(option("--command <cmd>", "COMMAND", "what starts the bot, such as 'python bot.py'"))
      .addOption(option("--name <name>", "NAME", "what it is called (default: the name of this folder)"))
      .addOption(
        option(
          "--env <variable=contract>",
          "ENV",
          "one of its variables, such as BYBIT_URL=FIREDRILL_EXCHANGE_REST_URL; may be given again (default: found in its sources)",
        ).argParser(collect),
      )
      .addOption(option("--yes", "YES", "ask nothing, take what is found"))
      .option("--json", "what was written, for programs")
      .action(init);
  },
} satisfies CommandModule;

async function init(flags: Flags): Promise<void> {
  const files = [configFile, scenarioFile, checkFile];
  const there = files.filter((file) => existsSync(file));
  if (there.length > 0) {
    throw new FiredrillError(
      `${there.join(" and ")} ${there.length === 1 ? "is" : "are"} there already. Move it away, or edit it.`,
    );
  }
  const answers = await ask(flags);
  const texts = [config(answers), scenario, check];
  for (const [n, file] of files.entries()) {
    await mkdir(dirname(file), { recursive: true });
    // Never over a file that has come meanwhile.
    await writeFile(file, texts[n] ?? "", { flag: "wx" });
  }
  process.stdout.write(
    flags.json === true ? `${JSON.stringify({ files, ...answers }, null, 2)}\n` : written(files, answers),
  );
}

async function ask(flags: Flags): Promise<Answers> {
  const found = flags.env === undefined ? mappingOf(await variablesBelow(process.cwd())) : givenEnv(flags.env);
  const folder = basename(resolve()).replace(/[^\w.-]+/g, "-") || "bot";
  if (flags.yes === true || flags.command !== undefined || !process.stdin.isTTY) {
    if (flags.command === undefined || flags.command.trim() === "") {
      throw new FiredrillError(
        "There is nobody to ask for the command that starts the bot. Give it: firedrill init --command 'python bot.py'.",
      );
    }
    return { command: flags.command, name: flags.name ?? folder, env: found };
  }
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  try {
    let command = "";
    while (command === "") command = (await terminal.question("What starts your bot? (python bot.py) ")).trim();
    const name = flags.name ?? ((await terminal.question(`What is it called? (${folder}) `)).trim() || folder);
    const names = Object.entries(found).map(([variable, value]) => `  ${variable}: ${value}\n`);
    const question = `Its sources read these variables, which Firedrill would set:\n${names.join("")}Map them? (Y/n) `;
    const maps = names.length === 0 || !/^n/i.test((await terminal.question(question)).trim());
    return { command, name, env: maps ? found : {} };
  } finally {
    terminal.close();
  }
}

function givenEnv(pairs: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    pairs.map((pair) => {
      const [, name, value] = /^(\w+)=(.+)$/s.exec(pair) ?? [];
      if (name !== undefined && value !== undefined)
        return [name, /^FIREDRILL_[A-Z_]+$/.test(value) ? `{${value}}` : value];
      throw new FiredrillError(
        `--env "${pair}" is no variable with its value. Give NAME=FIREDRILL_EXCHANGE_REST_URL, or another of docs/client.md.`,
      );
    }),
  );
}

function written(files: readonly string[], { name, env }: Answers): string {
  const mapped = Object.entries(env).map(([variable, value]) => `  ${variable} is set to ${value}\n`);
  return [
    `Written: ${files.join(", ")}.\n`,
    ...(mapped.length === 0 ? [] : ["Of your bot's variables, as found; correct them in the config:\n", ...mapped]),
    `\nPlay the first drill:   npx firedrill run first-drill --client ${name}\nPlay everything:        npx firedrill run --client ${name}\n`,
  ].join("");
}
