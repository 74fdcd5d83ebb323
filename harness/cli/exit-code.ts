/** From results to the exit code of the contract. The worst that is certain comes first. */

import { exitCode, type ExitCode } from "../../core/errors.ts";
import type { ScenarioResult } from "../runner/result.ts";

export function exitCodeOf(results: readonly ScenarioResult[]): ExitCode {
  const valid = results.filter((result) => result.valid);
  if (valid.some(({ verdict }) => verdict === "fail")) return exitCode.fail;
  if (valid.length < results.length) return exitCode.invalid;
  // Where nothing was applicable, nothing was shown: that is no pass.
  const passed = valid.some(({ verdict }) => verdict === "pass");
  return !passed || valid.some(({ verdict }) => verdict === "unknown" || verdict === "unplayable")
    ? exitCode.unknown
    : exitCode.pass;
}
