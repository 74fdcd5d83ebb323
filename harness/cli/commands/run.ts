/** `firedrill run`: scenarios against clients. */

import type { Command } from "commander";
import { FiredrillError } from "../../../core/errors.ts";
import { allClients, pickClient } from "../../catalogue/clients.ts";
import { allScenarios, pickScenarios } from "../../catalogue/scenarios.ts";
import type { ClientSpec } from "../../client/client-spec.ts";
import { readConfig } from "../../config.ts";
import { watchOthersLoad } from "../../process/others-load.ts";
import { createReporters } from "../../report/choose.ts";
import { bareCommand, longestFirst, pair, shard } from "../../runner/plan.ts";
import { runSuite } from "../../runner/suite.ts";
import { Exit, type CommandModule } from "../command.ts";
import { exitCodeOf } from "../exit-code.ts";
import { onInterrupt } from "../interrupt.ts";
import { addRunOptions, collect, newRun, paceOf, option, positive, type RunFlags } from "../run-options.ts";

interface Flags extends RunFlags {
  client?: string[];
  command?: string;
  repeat: number;
  reporter?: string[];
}

export default {
  order: 1,
  add(program: Command) {
    const command = program
      .command("run")
      .description("play scenarios against a client and judge its recovery")
      .argument("[scenario...]", "ids or globs; all where none is named")
      .addOption(option("--client <name>", "CLIENT", "a client by name; may be given again").argParser(collect))
      .addOption(option("--command <cmd>", "COMMAND", "the command of a client, instead of a name"));
    addRunOptions(command)
      .addOption(option("--repeat <n>", "REPEAT", "play each run n times").argParser(positive).default(1))
      .addOption(option("--reporter <name>", "REPORTER", "list, json; may be given again").argParser(collect))
      .action(run);
  },
} satisfies CommandModule;

async function run(names: string[], flags: Flags): Promise<void> {
  const load = watchOthersLoad();
  const config = await readConfig(process.cwd());
  const scenarios = pickScenarios(await allScenarios(config), names, flags.grep);
  const clients = chosenClients(await allClients(config), flags);
  const { id, folder, seed } = newRun(flags);
  const { proxy, time, jobs } = flags;
  const planned = shard(pair(scenarios, clients, flags.repeat), flags.shard);
  const runs = jobs > 1 ? longestFirst(planned) : planned;
  if (runs.length === 0)
    throw new FiredrillError(
      `Nothing to run: no scenario matches --grep "${flags.grep ?? ""}" in this shard. See firedrill list.`,
    );
  const { results } = await runSuite({
    plan: { runs, seed, proxy, time, pace: await paceOf(flags, load) },
    id,
    time,
    jobs,
    output: folder,
    reporters: await createReporters(flags.reporter ?? ["list"]),
    signal: onInterrupt(),
  });
  const code = exitCodeOf(results);
  if (code !== 0) throw new Exit(code);
}

/** A bare command may play any role: it is for whoever named it to know. */
const everyRole = ["rest-polling", "market-data", "connector", "private-stream", "trading", "signals", "alerts"];

function chosenClients(clients: readonly ClientSpec[], { client, command }: Flags): ClientSpec[] {
  if (client !== undefined && command !== undefined) {
    throw new FiredrillError("--client and --command exclude each other: give the client by name or by command.");
  }
  if (command !== undefined) {
    if (command.trim() === "")
      throw new FiredrillError(
        '--command is empty. Give the command that starts your client, such as --command "python bot.py".',
      );
    return [{ name: bareCommand, summary: command, roles: everyRole, command }];
  }
  return (client ?? ["reference"]).map((name) => pickClient(clients, name));
}
