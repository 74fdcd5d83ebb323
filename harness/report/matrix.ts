/**
 * The proof as a picture: scenarios down, clients across. The reference client has to pass; each broken client has to
 * be caught, by the check its scenario names.
 */

import pc from "picocolors";
import type { Expectation } from "../runner/expectation.ts";
import { columns } from "./columns.ts";

const empty = pc.dim("·");

export function matrix(expectations: readonly Expectation[]): string {
  const clients = [...new Set(expectations.map(({ client }) => client))];
  const scenarios = [...new Set(expectations.map(({ scenario }) => scenario))];
  const header = ["", ...clients.map((client) => client.replace("broken/", ""))];
  const rows = scenarios.map((scenario) => [
    scenario,
    ...clients.map((client) => {
      const found = expectations.find((one) => one.scenario === scenario && one.client === client);
      return found === undefined ? empty : cell(found);
    }),
  ]);
  const table = [header, ...rows];
  const lines = columns(table);
  return [pc.bold(lines[0] ?? ""), ...lines.slice(1)].join("\n");
}

function cell({ holds, applicable, wanted, seen }: Expectation): string {
  if (!applicable) return pc.dim("– not applicable");
  if (!holds) return pc.red(`✗ ${seen}, not ${wanted}`);
  return wanted === "pass" ? pc.green("✓ passes") : pc.green(`✓ caught by ${wanted.replace("fails ", "")}`);
}
