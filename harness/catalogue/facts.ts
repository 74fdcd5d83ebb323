/**
 * The facts of the incident reports, each with the trials that replay it or the reason why none does: a file of `facts/`
 * for each report.
 */

import { loadFolder } from "../../core/load-folder.ts";

/** `trials`: `scenario`, or `scenario/trial` where it has them. */
export type Fact = { says: string } & ({ trials: readonly string[] } | { why: string });

export interface ReportFacts {
  report: string;
  /** By its id, "C2". */
  facts: Readonly<Record<string, Fact>>;
}

export const allFacts = async (): Promise<ReportFacts[]> =>
  (await loadFolder<ReportFacts>(new URL("./facts/", import.meta.url))).map(({ value }) => value);
