/**
 * The proof as a picture: scenarios down, clients across. The reference client has to pass; each broken client has to
 * be caught, by the check its scenario names.
 */

import pc from "picocolors";
import type { Expectation } from "../runner/expectation.ts";

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
  const widths = header.map((_cell, column) => Math.max(...table.map((row) => visible(row[column] ?? ""))));
  const lines = table.map((row) =>
    row
      .map((text, column) => pad(text, widths[column] ?? 0))
      .join("   ")
      .trimEnd(),
  );
  return [pc.bold(lines[0] ?? ""), ...lines.slice(1)].join("\n");
}

function cell({ holds, applicable, wanted, seen }: Expectation): string {
  if (!applicable) return pc.dim("– not applicable");
  if (!holds) return pc.red(`✗ ${seen}, not ${wanted}`);
  return wanted === "pass" ? pc.green("✓ passes") : pc.green(`✓ caught by ${wanted.replace("fails ", "")}`);
}

// eslint-disable-next-line no-control-regex -- a colour is an escape sequence, and takes no room on the screen
const visible = (text: string): number => text.replace(/\u001b\[\d+m/g, "").length;
const pad = (text: string, width: number): string => text + " ".repeat(Math.max(width - visible(text), 0));
