/**
 * `firedrill list`: what there is to run and what it proves; with `--faults`, what there is to break; with `--facts`, what
 * of the incident reports is replayed by what.
 */

import type { Command } from "commander";
import { pc } from "../../report/colours.ts";
import { allClients } from "../../catalogue/clients.ts";
import { allFacts, type ReportFacts } from "../../catalogue/facts.ts";
import { allFaults, type ListedFault } from "../../catalogue/faults.ts";
import { allScenarios } from "../../catalogue/scenarios.ts";
import { readConfig } from "../../config.ts";
import type { Proof } from "../../incident/scenario.ts";
import { proofOf } from "../../runner/expectation.ts";
import type { CommandModule } from "../command.ts";

export default {
  order: 3,
  add(program: Command) {
    program
      .command("list")
      .description("scenarios and clients, or the faults they are made of")
      .option("--faults", "what a scenario can break, and what that needs")
      .option("--facts", "every fact of the incident reports, and what replays it")
      .option("--json", "for programs")
      .action(async (flags: { json?: boolean; faults?: boolean; facts?: boolean }) => {
        if (flags.faults === true) {
          const faults = await allFaults();
          process.stdout.write(flags.json === true ? json({ faults }) : faultsText(faults));
          return;
        }
        if (flags.facts === true) {
          const reports = await allFacts();
          process.stdout.write(flags.json === true ? json({ reports }) : reports.map(factsText).join("\n"));
          return;
        }
        const config = await readConfig(process.cwd());
        const scenarios = (await allScenarios(config)).map(
          ({ id, report, roles, tags = [], title, trials, expect, provenBy }) => ({
            ...{ id, report, roles, tags, title },
            trials: trials?.map((one) => one.id) ?? [],
            proves: [...expect, ...(trials ?? []).flatMap((one) => one.expect ?? [])].map(({ name, asks }) => ({
              check: name,
              asks,
            })),
            provenBy,
          }),
        );
        const clients = (await allClients(config)).map(({ name, roles, summary }) => ({ name, roles, summary }));
        process.stdout.write(flags.json === true ? json({ scenarios, clients }) : text(scenarios, clients));
      });
  },
} satisfies CommandModule;

const proofText = (proof: Proof): string => {
  const { trial, check } = proofOf(proof);
  return trial === null ? check : `${check} in ${trial}`;
};

const json = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;

function faultsText(faults: readonly ListedFault[]): string {
  const width = Math.max(...faults.map(({ name }) => name.length));
  const under = `\n${" ".repeat(width + 4)}`;
  const lines = faults.map(({ name, summary, actions, needs }) => {
    const does = actions.length === 0 ? [] : folded(`does ${actions.join(", ")}`);
    const needed = needs.length === 0 ? [] : [`needs ${needs.join(" and ")}`];
    return [`  ${name.padEnd(width)}  ${summary}`, ...[...does, ...needed].map((more) => pc.dim(more))].join(under);
  });
  return `${pc.bold("Faults")}\n\n${lines.join("\n")}\n`;
}

function factsText({ report, facts }: ReportFacts): string {
  const lines = Object.entries(facts).map(([id, fact]) => {
    const by = "trials" in fact ? fact.trials.join(", ") : `not replayed: ${fact.why}`;
    return `  ${id.padEnd(4)} ${fact.says}\n       ${pc.dim(by)}`;
  });
  return `${pc.bold(`Report ${report}`)}\n\n${lines.join("\n")}\n`;
}

const foldedWidth = 80;

/** In lines of a readable length, broken between words. */
function folded(words: string): string[] {
  const lines = [""];
  for (const word of words.split(" ")) {
    const last = lines.at(-1) ?? "";
    if (last.length + word.length >= foldedWidth) lines.push(word);
    else lines[lines.length - 1] = last === "" ? word : `${last} ${word}`;
  }
  return lines;
}

interface ListedScenario {
  id: string;
  report: string;
  roles: readonly string[];
  tags: readonly string[];
  title: string;
  trials: string[];
  proves: { check: string; asks: string }[];
  provenBy: Readonly<Record<string, Proof>>;
}

function text(scenarios: readonly ListedScenario[], clients: readonly { name: string; summary: string }[]): string {
  const blocks = scenarios.map(({ id, report, roles, tags, title, trials, proves, provenBy }) =>
    [
      `${pc.bold(id)}  ${pc.dim([...(report === "" ? [] : [`report ${report}`]), roles.join(" + "), ...tags].join(", "))}`,
      `  ${title}`,
      ...(trials.length === 0 ? [] : folded(`trials ${trials.join(", ")}`).map((line) => `  ${line}`)),
      ...proves.map(({ check, asks }) => `  ${check.padEnd(20)} ${asks}`),
      ...Object.entries(provenBy).map(([client, proof]) => pc.dim(`  ${client} has to fail ${proofText(proof)}`)),
    ].join("\n"),
  );
  const width = Math.max(...clients.map(({ name }) => name.length));
  const names = clients.map(({ name, summary }) => `  ${name.padEnd(width)}  ${pc.dim(summary)}`);
  return `${pc.bold("Scenarios")}\n\n${blocks.join("\n\n")}\n\n${pc.bold("Clients")}\n\n${names.join("\n")}\n`;
}
