/**
 * The proof as a picture: a scenario a row, with the reference client, which has to pass, and each broken client, which
 * has to be caught by the check that its scenario names.
 */

import pc from "picocolors";
import type { Expectation } from "../runner/expectation.ts";
import { columns } from "./columns.ts";

export function proofTable(expectations: readonly Expectation[]): string {
  const byScenario = Map.groupBy(expectations, ({ scenario }) => scenario);
  const rows = [...byScenario].flatMap(([scenario, all]) => {
    const reference = all.find(({ wanted }) => wanted === "pass");
    const broken = all.filter((one) => one !== reference).map(caught);
    const first = reference === undefined ? pc.dim("·") : passes(reference);
    return (broken.length === 0 ? [""] : broken).map((text, n) => (n === 0 ? [scenario, first, text] : ["", "", text]));
  });
  const lines = columns([["", "reference", "broken, and what catches it"], ...rows]);
  return [pc.bold(lines[0] ?? ""), ...lines.slice(1)].join("\n");
}

function passes({ holds, applicable, seen }: Expectation): string {
  if (!applicable) return pc.dim("– not applicable");
  return holds ? pc.green("✓ passes") : pc.red(`✗ ${seen}`);
}

function caught({ client, holds, applicable, wanted, seen }: Expectation): string {
  const name = client.replace("broken/", "");
  const check = wanted.replace("fails ", "");
  if (!applicable) return pc.dim(`– ${name}: not applicable`);
  return holds ? pc.green(`✓ ${name}: ${check}`) : pc.red(`✗ ${name}: ${seen}, not ${check}`);
}
