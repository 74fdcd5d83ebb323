/** From results to the exit code of the contract. The worst that is certain comes first. */

import { exitCode, type ExitCode } from "../../core/errors.ts";
import { outcomesOf } from "../runner/attempts.ts";
import type { ScenarioResult } from "../runner/result.ts";

export function exitCodeOf(all: readonly ScenarioResult[], { allowFlaky = false } = {}): ExitCode {
  const outcomes = outcomesOf(all);
  const results = outcomes.map(({ result }) => result);
  const valid = results.filter((result) => result.valid);
  const flaky = !allowFlaky && outcomes.some((outcome) => outcome.flaky);
  if (flaky || valid.some(({ verdict }) => verdict === "fail")) return exitCode.fail;
  if (valid.length < results.length) return exitCode.invalid;
  // Where nothing was applicable, nothing was shown: that is no pass.
  const passed = valid.some(({ verdict }) => verdict === "pass");
  return !passed || valid.some(({ verdict }) => verdict === "unknown" || verdict === "unplayable")
    ? exitCode.unknown
    : exitCode.pass;
}
