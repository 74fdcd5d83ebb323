/** `firedrill doctor`: which proxy engines, time providers and tools this machine has, and how to get the others. */

import type { Command } from "commander";
import { pc } from "../../report/colours.ts";
import { clockAvailability } from "../../../leap/index.ts";
import type { Availability } from "../../availability.ts";
import { timeProviders } from "../../client/time/choose.ts";
import { engineKinds } from "../../proxy/choose.ts";
import { refusalTools } from "../../proxy/refusal-tools.ts";
import { mark } from "../../report/style.ts";
import type { CommandModule } from "../command.ts";

export default {
  order: 6,
  add(program: Command) {
    program
      .command("doctor")
      .description("what this machine has, and how to get what is missing")
      .option("--json", "for programs")
      .action(doctor);
  },
} satisfies CommandModule;

async function doctor({ json = false }: { json?: boolean }): Promise<void> {
  const groups: [string, readonly { name: string; availability(): Promise<Availability> }[]][] = [
    ["Proxy engines (--proxy)", await engineKinds()],
    ["Time providers (--time)", timeProviders],
    ["The clock that leaps", [{ name: "leap", availability: clockAvailability }]],
    ["Proof of refused dials (network.down, network.refuse)", refusalTools],
  ];
  const found: { title: string; name: string; state: Availability }[] = [];
  for (const [title, parts] of groups)
    for (const part of parts) found.push({ title, name: part.name, state: await part.availability() });
  if (json) {
    const parts = found.map(({ title, name, state }) => ({ for: title, name, ...state }));
    process.stdout.write(`${JSON.stringify({ node: process.version, parts }, null, 2)}\n`);
    return;
  }
  process.stdout.write(`Node ${process.version}\n`);
  for (const [title, parts] of Map.groupBy(found, (part) => part.title)) {
    process.stdout.write(`\n${pc.bold(title)}\n`);
    for (const { name, state } of parts) process.stdout.write(`  ${line(name, state)}\n`);
  }
  process.stdout.write(`\n${pc.dim("What is missing is optional: the default run needs none of it.")}\n`);
}

const line = (name: string, state: Availability): string =>
  state.available
    ? `${mark.pass} ${name.padEnd(10)} ${pc.dim(state.detail)}`
    : `${mark["not-applicable"]} ${name.padEnd(10)} ${state.why}. ${state.fix}.`;
