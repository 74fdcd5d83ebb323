/** `firedrill run`: scenarios against clients. */

import { checkedRoles, roles } from "../../incident/roles.ts";
import type { Command } from "commander";
import { FiredrillError } from "../../../core/errors.ts";
import { allClients, everyone, pickClient } from "../../catalogue/clients.ts";
import { allScenarios, pickScenarios, pickTagged } from "../../catalogue/scenarios.ts";
import type { ClientSpec } from "../../client/client-spec.ts";
import { chooseSuiteClock } from "../../client/time/choose.ts";
import { readConfig } from "../../config.ts";
import { isOurs } from "../../proxy/choose.ts";
import { createReporters } from "../../report/choose.ts";
import { bareCommand, longestFirst, pair, shard } from "../../runner/plan.ts";
import { checkTargets } from "../../runner/targets.ts";
import { runSuite } from "../../runner/suite.ts";
import { warnOfRealKeys } from "../real-keys.ts";
import { Exit, type CommandModule } from "../command.ts";
import { exitCodeOf } from "../exit-code.ts";
import { onInterrupt } from "../interrupt.ts";
import { addRunOptions, collect, newRun, option, positive, zeroUp, type RunFlags } from "../run-options.ts";
import { watch } from "../watch.ts";

const reporters = "list, json, junit, github or html";

interface Flags extends RunFlags {
  client?: string[];
  command?: string;
  role?: string[];
  repeat: number;
  retries: number;
  allowFlaky?: boolean;
  tag?: string[];
  watch?: boolean;
  reporter?: string[];
}

export default {
  order: 1,
  add(program: Command) {
    const command = program
      .command("run")
      .description("play scenarios against a client and judge its recovery")
      .argument("[scenario...]", "ids or globs, SCENARIO or SCENARIO/TRIAL; all where none is named")
      .addOption(option("--client <name>", "CLIENT", "a client by name, or all; may be given again").argParser(collect))
      .addOption(option("--command <cmd>", "COMMAND", "the command of a client, instead of a name"))
      .addOption(
        option("--role <name>", "ROLE", "a role that the client of --command plays; may be given again").argParser(
          collect,
        ),
      );
    addRunOptions(command)
      .addOption(option("--repeat <n>", "REPEAT", "play each run n times").argParser(positive).default(1))
      .addOption(
        option("--retries <n>", "RETRIES", "play what does not pass again, up to n times; what passes then is flaky")
          .argParser(zeroUp)
          .default(0),
      )
      .addOption(option("--allow-flaky", "ALLOW_FLAKY", "exit with 0 where all that did not pass at first did later"))
      .addOption(
        option("--tag <name>", "TAG", "only scenarios with this tag, or role; may be given again").argParser(collect),
      )
      .addOption(option("--watch", "WATCH", "play again when a file below this folder or the client's changes"))
      .addOption(
        option(
          "--reporter <name>",
          "REPORTER",
          `${reporters}; the first owns stdout, others write into --output`,
        ).argParser(collect),
      )
      .action(run);
  },
} satisfies CommandModule;

async function run(names: string[], flags: Flags): Promise<void> {
  if (flags.allowFlaky === true && flags.retries === 0) {
    throw new FiredrillError("--allow-flaky says what --retries may find. Give --retries, such as --retries 2.");
  }
  const config = await readConfig(process.cwd());
  const all = await allScenarios(config);
  const scenarios = pickTagged(pickScenarios(all, names, flags.grep), flags.tag);
  const clients = chosenClients(await allClients(config), flags, Object.keys(config.clients ?? {}));
  checkTargets(clients, all);
  warnOfRealKeys(clients, process.env);
  if (flags.watch === true) return watch(clients);
  const { id, folder, seed } = newRun(flags);
  const { proxy, time, jobs } = flags;
  const planned = shard(pair(scenarios, clients, flags.repeat), flags.shard);
  const runs = jobs > 1 ? longestFirst(planned) : planned;
  if (scenarios.length === 0) {
    const asked = [
      ...(flags.grep === undefined ? [] : [`--grep "${flags.grep}"`]),
      ...(flags.tag ?? []).map((tag) => `--tag ${tag}`),
    ];
    throw new FiredrillError(`Nothing to run: no scenario matches ${asked.join(" and ")}. See firedrill list.`);
  }
  if (runs.length === 0) {
    // More parts than runs: the others play them all.
    process.stderr.write(
      `firedrill: Nothing to run in --shard ${flags.shard ?? ""}: the other parts have all of it.\n`,
    );
    return;
  }
  const { results } = await runSuite({
    plan: { runs, seed, proxy, time, suiteClock: await chooseSuiteClock(time, { leaps: isOurs(proxy) }) },
    id,
    time,
    jobs,
    retries: flags.retries,
    output: folder,
    reporters: await createReporters(flags.reporter ?? ["list"]),
    signal: onInterrupt(),
  });
  const code = exitCodeOf(results, { allowFlaky: flags.allowFlaky === true });
  if (code !== 0) throw new Exit(code);
}

/** Those that are declared; else it may play any, and which it does is seen. */
const rolesOf = (role: string[] | undefined): Pick<ClientSpec, "roles" | "undeclared"> =>
  role === undefined ? { roles, undeclared: true } : { roles: checkedRoles(role, "--role") };

/** @param own The names of the clients in the config. */
function chosenClients(
  clients: readonly ClientSpec[],
  { client, command, role }: Flags,
  own: readonly string[],
): ClientSpec[] {
  if (client !== undefined && command !== undefined) {
    throw new FiredrillError("--client and --command exclude each other: give the client by name or by command.");
  }
  if (role !== undefined && command === undefined) {
    throw new FiredrillError("--role is of a client given by --command; one with a name has its roles declared.");
  }
  if (command !== undefined) {
    if (command.trim() === "")
      throw new FiredrillError(
        '--command is empty. Give the command that starts your client, such as --command "python bot.py".',
      );
    return [{ name: bareCommand, summary: command, command, ...rolesOf(role) }];
  }
  if (client === undefined) {
    const yours = own.length === 0 ? "--command 'python bot.py'" : own.map((name) => `--client ${name}`).join(", ");
    // Green that nobody's own client has earned must not be taken for it.
    process.stderr.write(
      `firedrill: No client is named, so the reference plays, which ships with Firedrill. Yours: ${yours}.\n`,
    );
  }
  const names = [...new Set(client ?? ["reference"])];
  const chosen = names.flatMap((name) => (name === "all" ? playableOf(clients) : [pickClient(clients, name)]));
  return [...new Set(chosen)];
}

function playableOf(clients: readonly ClientSpec[]): ClientSpec[] {
  const { playable, lacking } = everyone(clients);
  for (const { name, lack } of lacking) process.stderr.write(`skipped: ${name}; ${lack}.\n`);
  return playable;
}
