/**
 * What `import … from "firedrill"` gives: a testbed for tests of one's own, and what scenarios, checks and a config are
 * written with. The faults are at `firedrill/faults/<group>/<name>`, the checks at `firedrill/checks/<subject>/<name>`, as
 * `firedrill list` names them: to add one is one file here too.
 */

export { startTestbed, type OwnTestbed, type OwnTestbedOptions } from "./testbed.ts";
export { scenario, trial } from "../incident/scenario.ts";
export type {
  FaultLimits,
  Moment,
  Proof,
  Scenario,
  ScenarioDefinition,
  Stage,
  SteadyState,
  Trial,
} from "../incident/scenario.ts";
export { called, check, lineOf } from "../incident/check.ts";
export type { Check, EndpointOption, EvidenceLine, Judgement, Setting, Verdict } from "../incident/check.ts";
export type { Endpoint } from "../incident/endpoints.ts";
export type { Fault } from "../incident/fault.ts";
export type { Role } from "../incident/roles.ts";
export { defineConfig, type Config } from "../config.ts";
export type { CheckResult, RunResult, ScenarioResult } from "../runner/result.ts";
export type { EventType, JournalEvent } from "../../core/journal/event.ts";
export type { JournalView } from "../../core/journal/view.ts";
export { FiredrillError } from "../../core/errors.ts";
export { hours, millis, minutes, seconds } from "../../core/units.ts";
export { within } from "../verdicts/within.ts";
export { never } from "../verdicts/never.ts";
export { atLeast, atMost } from "../verdicts/figure.ts";
export type { Evidence } from "../evidence/evidence.ts";
