/** What the runner itself writes: enough to judge the journal again without the run. */

declare module "../../core/journal/event.ts" {
  interface EventMap {
    "run.started": {
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
    /** The scenario could not be played to its end, so nothing can be said of the client. */
    "run.aborted": { message: string };
    /** This run lacks what the scenario needs, so it was not played to its end and says nothing of the client. */
    "run.not-applicable": { message: string };
    "run.ended": { wallMs: number };
    /** The harness's own event loop was late: what it measured in between is that much too long. */
    "harness.slipped": { wallMs: number; incidentMs: number };
  }
}

export {};
