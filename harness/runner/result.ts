/** The shape of `result.json`, schema `firedrill.result/2`. Times are incident ms from the scenario's start. */

import type { Recovery } from "../evidence/losses/loss.ts";
import type { EvidenceLine, Verdict } from "../incident/check.ts";

/** Where the results of a run are, in its folder. */
export const resultFile = "result.json";

export type { Recovery };

export interface CheckResult {
  name: string;
  verdict: Verdict;
  measured: number | null;
  target: number;
  unit: string;
  message: string;
  evidence: EvidenceLine[];
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

/** `unplayable`: the client never settled, so nothing could go wrong. */
export type ResultVerdict = Verdict | "unplayable";

export interface ScenarioResult {
  scenario: string;
  /** Which of its trials; null where it is played as a whole. */
  trial: string | null;
  client: string;
  verdict: ResultVerdict;
  valid: boolean;
  /** Why a run is invalid or not applicable; null otherwise. */
  reason: string | null;
  /** Of one that is not applicable: whether the run lacks what the scenario needs, or the client does not do it. */
  lacks: "run" | "client" | null;
  /** How much faster than the wall the incident was played; 1 where the clock leaps, or is the wall's. */
  compression: number;
  wallMs: number;
  incidentMs: number;
  proxy: string;
  time: string;
  faults: FaultResult[];
  recovery: Recovery;
  checks: CheckResult[];
  /** Its journal, from the folder of the run; null where there is none. */
  journal: string | null;
  /** Of that file, by which it is known again. */
  journalSha256: string | null;
}

export interface RunResult {
  schema: "firedrill.result/2";
  run: {
    id: string;
    seed: string;
    commit: string | null;
    /** False where it was ended before everything was played. */
    complete: boolean;
    wallMs: number;
    incidentMs: number;
    environment: { node: string; proxy: string; time: string; cores: number };
  };
  results: ScenarioResult[];
}
