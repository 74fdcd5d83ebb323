/** A whole `result.json` of runs of which only some particulars matter. */

import { noRecovery } from "../../harness/evidence/losses/recovery.ts";
import type { RunResult, ScenarioResult } from "../../harness/runner/result.ts";

export const runResult = (results: readonly Partial<ScenarioResult>[]): RunResult => ({
  schema: "firedrill.result/2",
  run: {
    ...{ id: "20251021-225256-ab12", seed: "s", commit: null, complete: true, wallMs: 1, incidentMs: 2 },
    environment: { node: "v24.0.0", proxy: "embedded", time: "leap", cores: 2 },
  },
  results: results.map((more) => ({
    ...{ scenario: "night", trial: null, client: "bot", repeat: 1, attempt: 1, verdict: "pass", valid: true },
    ...{ reason: null, lacks: null, compression: 1, wallMs: 1, incidentMs: 2, proxy: "embedded", time: "leap" },
    ...{ faults: [], recovery: noRecovery, alerts: null, checks: [], again: null },
    ...{ journal: "night/bot/journal.ndjson", journalSha256: "00" },
    ...more,
  })),
});
