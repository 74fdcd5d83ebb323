/**
 * The matrix of the shipped drivers as it is expected, `expected.json`: for each client and trial of its roles the verdict,
 * and for all but a pass which checks failed and why, in a line. `update.ts` writes it from the folders of runs.
 */

import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { format } from "prettier";
import type { ScenarioResult } from "../../../harness/runner/result.ts";

const file = fileURLToPath(new URL("expected.json", import.meta.url));

export interface Cell {
  verdict: ScenarioResult["verdict"] | "invalid";
  /** That failed. */
  checks?: readonly string[];
  why?: string;
}

/** Client -> scenario, or scenario/trial -> cell. */
export type Matrix = Record<string, Record<string, Cell>>;

export const expected = (): Matrix => JSON.parse(readFileSync(file, "utf8")) as Matrix;

export async function write(matrix: Matrix): Promise<void> {
  const sorted = Object.entries(matrix)
    .toSorted(([a], [b]) => a.localeCompare(b))
    .map(([client, cells]) => [
      client,
      Object.fromEntries(Object.entries(cells).toSorted(([a], [b]) => a.localeCompare(b, "en", { numeric: true }))),
    ]);
  writeFileSync(file, await format(JSON.stringify(Object.fromEntries(sorted)), { parser: "json", printWidth: 120 }));
}

/** The cells of what was played; a client that plays no role of a scenario has none there. */
export function matrixOf(results: readonly ScenarioResult[]): Matrix {
  const matrix: Matrix = {};
  for (const result of results) {
    if (result.verdict === "not-applicable" && result.journal === null) continue;
    const trial = result.trial === null ? result.scenario : `${result.scenario}/${result.trial}`;
    (matrix[result.client] ??= {})[trial] = cellOf(result);
  }
  return matrix;
}

function cellOf({ verdict, valid, reason, checks }: ScenarioResult): Cell {
  if (!valid) return { verdict: "invalid", why: reason ?? "" };
  if (verdict === "pass") return { verdict };
  const blamed = checks.filter((check) => check.verdict === verdict);
  const why = inALine(reason ?? blamed[0]?.message ?? "");
  return verdict === "fail" ? { verdict, checks: blamed.map(({ name }) => name), why } : { verdict, why };
}

/** Without the moments, which are of one run. */
const inALine = (message: string): string =>
  message
    .replaceAll(/ at \d+ \w{3} [\d:]+ UTC[+-]\d+/g, "")
    .replace(/ See [\w.]+(:\d+)?\.$/, "")
    .trim();

/** What is the same in every run: the verdict, and what failed. */
export const essence = ({ verdict, checks = [] }: Cell): string => [verdict, ...checks].join(" ");

export const survived = (cells: Record<string, Cell>): string => {
  const judged = Object.values(cells).filter(({ verdict }) => verdict !== "not-applicable");
  return `${judged.filter(({ verdict }) => verdict === "pass").length} of ${judged.length}`;
};
