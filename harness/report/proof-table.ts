/**
 * The proof as a picture: a scenario a row, with the reference client, which has to pass, and each broken client, which
 * has to be caught by the check that its scenario names.
 */

import { pc } from "./colours.ts";
import type { Expectation } from "../runner/expectation.ts";
import { columns } from "./columns.ts";

export function proofTable(expectations: readonly Expectation[]): string {
  const byScenario = Map.groupBy(expectations, ({ scenario }) => scenario);
  const rows = [...byScenario].flatMap(([scenario, all]) => {
    const reference = all.filter(({ wanted }) => wanted === "pass");
    const broken = all.filter((one) => !reference.includes(one)).map(caught);
    const first = reference.length === 0 ? pc.dim("·") : passes(reference);
    return (broken.length === 0 ? [""] : broken).map((text, n) => (n === 0 ? [scenario, first, text] : ["", "", text]));
  });
  const lines = columns([["", "reference", "broken, and what catches it"], ...rows]);
  return [pc.bold(lines[0] ?? ""), ...lines.slice(1)].join("\n");
}

/** Of a scenario with trials, each of them. */
function passes(all: readonly Expectation[]): string {
  const asked = all.filter(({ applicable }) => applicable);
  if (asked.length === 0) return pc.dim("– not applicable");
  const wrong = asked.find(({ holds }) => !holds);
  if (wrong !== undefined) return pc.red(`✗ ${wrong.trial === null ? "" : `${wrong.trial}: `}${wrong.seen}`);
  return pc.green(asked.length === 1 ? "✓ passes" : `✓ passes ${asked.length} trials`);
}

function caught({ client, trial, holds, applicable, wanted, seen }: Expectation): string {
  const name = client.replace("broken/", "");
  const check = wanted.replace("fails ", "");
  if (!applicable) return pc.dim(`– ${name}: not applicable`);
  return holds
    ? pc.green(`✓ ${name}: ${trial === null ? "" : `${trial} `}${check}`)
    : pc.red(`✗ ${name}: ${seen}, not ${check}`);
}
