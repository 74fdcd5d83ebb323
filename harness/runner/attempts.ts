/**
 * What was played again because it had not passed (`--retries`): the last attempt is what came out. One that passes only
 * then is flaky, which is said and never hidden.
 */

import type { ScenarioResult } from "./result.ts";

export interface Outcome {
  /** The last attempt. */
  result: ScenarioResult;
  attempts: readonly ScenarioResult[];
  /** It passed, and had not before. */
  flaky: boolean;
}

const keyOf = ({ scenario, trial, client, repeat }: ScenarioResult): string =>
  JSON.stringify([scenario, trial, client, repeat]);

export const passed = ({ valid, verdict }: ScenarioResult): boolean => valid && verdict === "pass";

/** What another attempt may show otherwise. */
export const isWorthAnother = ({ valid, verdict }: ScenarioResult): boolean =>
  !valid || ["fail", "unknown", "unplayable"].includes(verdict);

/** Of each trial, client and repeat one, in the order in which they were first played. */
export const outcomesOf = (results: readonly ScenarioResult[]): Outcome[] =>
  [...Map.groupBy(results, keyOf).values()].flatMap((all) => {
    const attempts = all.toSorted((a, b) => a.attempt - b.attempt);
    const result = attempts.at(-1);
    return result === undefined ? [] : [{ result, attempts, flaky: attempts.length > 1 && passed(result) }];
  });
