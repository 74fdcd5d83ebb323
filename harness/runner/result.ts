/** The shape of `result.json`, schema `firedrill.result/1`. Times are incident ms from the scenario's start. */

import type { Evidence, Verdict } from "../check.ts";

export interface CheckResult {
  name: string;
  verdict: Verdict;
  measured: number | null;
  target: number;
  unit: string;
  message: string;
  evidence: Evidence[];
}

export interface FaultResult {
  name: string;
  /** Which of the many things that this kind of fault can do; null where its name says it all. */
  does: string | null;
  armedAt: number;
  /** null where it never landed, which makes the run invalid. */
  landedAt: number | null;
  healedAt: number | null;
  evidence: string | null;
}

/** A span that was not observed is null. */
export interface Recovery {
  detectMs: number | null;
  reconnectMs: number | null;
  authenticateMs: number | null;
  resubscribeMs: number | null;
  firstDataMs: number | null;
  blackoutMs: number | null;
}

export interface ScenarioResult {
  scenario: string;
  client: string;
  verdict: Verdict;
  valid: boolean;
  /** Why a run is invalid or not applicable; null otherwise. */
  reason: string | null;
  compression: number;
  wallMs: number;
  incidentMs: number;
  proxy: string;
  time: string;
  faults: FaultResult[];
  recovery: Recovery;
  checks: CheckResult[];
}

export interface RunResult {
  schema: "firedrill.result/1";
  run: {
    id: string;
    seed: string;
    commit: string | null;
    wallMs: number;
    incidentMs: number;
    /** `othersShare`: what other programs used of all cores at the start, 0 to 1; null where the system does not tell. */
    environment: { node: string; proxy: string; time: string; cores: number; othersShare: number | null };
  };
  results: ScenarioResult[];
}
