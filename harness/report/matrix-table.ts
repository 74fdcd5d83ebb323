/**
 * Every client against every scenario in one picture: a scenario a row, or below it its trials, a client a column, in a
 * cell how many checks failed, and below each client how many of the trials that it plays it survives.
 */

import { pc } from "./colours.ts";
import type { ScenarioResult } from "../runner/result.ts";
import { columns } from "./columns.ts";
import { resultMark } from "./style.ts";

const applies = ({ verdict, valid }: ScenarioResult): boolean => !valid || verdict !== "not-applicable";
const passes = ({ verdict, valid }: ScenarioResult): boolean => valid && verdict === "pass";

/** What a cell says of its results, of which there are several with --repeat. */
function cell(results: readonly ScenarioResult[]): string {
  return results.map((result) => `${resultMark(result)}${blame(result)}`).join(" ");
}

/** How many of its checks failed, or why it counts for nothing; which they were stands above, run by run. */
function blame({ verdict, valid, checks }: ScenarioResult): string {
  if (!valid) return " invalid";
  if (verdict === "unknown" || verdict === "unplayable") return ` ${verdict}`;
  return verdict === "fail" ? ` ${checks.filter((check) => check.verdict === "fail").length} of ${checks.length}` : "";
}

export function matrixTable(results: readonly ScenarioResult[]): string {
  const clients = [...new Set(results.map(({ client }) => client))];
  const of = (client: string): ScenarioResult[] => results.filter((result) => result.client === client);
  const row = (name: string, those: readonly ScenarioResult[]): string[] => [
    name,
    ...clients.map((client) => cell(those.filter((result) => result.client === client))),
  ];
  const rows = [...Map.groupBy(results, ({ scenario }) => scenario)].flatMap(([scenario, those]) => {
    const trials = Map.groupBy(those, ({ trial }) => trial);
    if (trials.has(null)) return [row(scenario, those)];
    return [[scenario], ...[...trials].map(([trial, own]) => row(`  ${trial ?? ""}`, own))];
  });
  const survived = clients.map((client) => {
    const played = of(client).filter(applies);
    return `${played.filter(passes).length} of ${played.length}`;
  });
  const lines = columns([["", ...clients.map(shortName)], ...rows, ["survives", ...survived]], "  ");
  return [pc.bold(lines[0] ?? ""), ...lines.slice(1, -1), pc.bold(lines.at(-1) ?? "")].join("\n");
}

const shortName = (client: string): string => client.replace(/^(sdk|broken)\//, "");
