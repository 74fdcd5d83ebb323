/** What the runner itself writes: enough to judge the journal again without the run. */

import type { StandingAccount } from "../evidence/account.ts";

declare module "../../core/journal/event.ts" {
  interface EventMap {
    "run.started": {
      /** Of the journal's form: see `core/journal/damage.ts`. */
      version: number;
      scenario: string;
      client: string;
      roles: readonly string[];
      seed: string;
      start: string;
      compression: number;
      timezone: string;
      symbols: readonly string[];
      proxy: string;
      time: string;
    };
    /** The scenario could not be played to its end, so nothing is known of the client. */
    "run.aborted": { message: string };
    /**
     * What the scenario needs is lacking, so it was not played to its end and says nothing of the client. `lacks`: it is
     * the run that has it not (an engine, a provider), or the client that does not do it.
     */
    "run.not-applicable": { message: string; lacks?: "run" | "client" };
    /** The last line: a journal without it is of a run that was not played to its end. */
    "run.ended": { wallMs: number };
    /** A trial of the scenario begins, on what stands, and ends; `goesOn` where the next one may have what is left. */
    /** `account`: what stood then; it is added where a trial is taken out of its journal. */
    "trial.started": { trial: string; account?: StandingAccount };
    "trial.ended": { trial: string; goesOn: boolean; wallMs: number };
    /** The harness's own event loop was late: what it measured in between is that much too long. */
    "harness.slipped": { wallMs: number; incidentMs: number };
  }
}

export {};
