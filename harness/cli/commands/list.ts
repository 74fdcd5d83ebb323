/** `firedrill list`: what there is to run, and what it proves. */

import type { Command } from "commander";
import pc from "picocolors";
import { allClients } from "../../catalogue/clients.ts";
import { allScenarios } from "../../catalogue/scenarios.ts";
import { readConfig } from "../../config.ts";
import type { CommandModule } from "../command.ts";

export default {
  order: 3,
  add(program: Command) {
    program
      .command("list")
      .description("scenarios and clients")
      .option("--json", "for programs")
      .action(async (flags: { json?: boolean }) => {
        const config = await readConfig(process.cwd());
        const scenarios = (await allScenarios(config)).map(({ id, report, roles, title, expect, provenBy }) => ({
          id,
          report,
          roles,
          title,
          proves: expect.map(({ name, asks }) => ({ check: name, asks })),
          provenBy,
        }));
        const clients = (await allClients(config)).map(({ name, roles, summary }) => ({ name, roles, summary }));
        process.stdout.write(
          flags.json === true ? `${JSON.stringify({ scenarios, clients }, null, 2)}\n` : text(scenarios, clients),
        );
      });
  },
} satisfies CommandModule;

interface ListedScenario {
  id: string;
  report: string;
  roles: readonly string[];
  title: string;
  proves: { check: string; asks: string }[];
  provenBy: Readonly<Record<string, string>>;
}

function text(scenarios: readonly ListedScenario[], clients: readonly { name: string; summary: string }[]): string {
  const blocks = scenarios.map(({ id, report, roles, title, proves, provenBy }) =>
    [
      `${pc.bold(id)}  ${pc.dim(`report ${report}, ${roles.join(" + ")}`)}`,
      `  ${title}`,
      ...proves.map(({ check, asks }) => `  ${check.padEnd(20)} ${asks}`),
      ...Object.entries(provenBy).map(([client, check]) => pc.dim(`  ${client} has to fail ${check}`)),
    ].join("\n"),
  );
  const width = Math.max(...clients.map(({ name }) => name.length));
  const names = clients.map(({ name, summary }) => `  ${name.padEnd(width)}  ${pc.dim(summary)}`);
  return `${pc.bold("Scenarios")}\n\n${blocks.join("\n\n")}\n\n${pc.bold("Clients")}\n\n${names.join("\n")}\n`;
}
