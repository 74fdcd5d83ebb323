/** What a process that plays runs and the command line's say to each other. Everything here has to survive a structured clone. */

import type { JournalEvent } from "../../../core/journal/event.ts";
import type { ExitCode } from "../../../core/errors.ts";
import type { Engine } from "../../proxy/engine.ts";
import type { Leftover } from "../../process/reaper.ts";
import type { PlayOptions } from "../play.ts";
import type { ScenarioResult } from "../result.ts";

/** The options of `play`, with what cannot be cloned named by where it is. */
export type PlayStart = Pick<
  PlayOptions,
  "id" | "client" | "seed" | "time" | "suiteClock" | "folder" | "only" | "scenarioFile"
> & {
  /** Undefined where the worker has one of its own, which is on its clock. */
  engine: Omit<Engine, "stop"> | undefined;
};

export type FromWorker =
  /** In the order they were written; a few at a time. */
  | { say: "events"; events: readonly JournalEvent[]; startMs: number }
  | { say: "guard"; id: number; leftover: Leftover }
  | { say: "release"; id: number }
  /** What a session of the run has given: a client with its trials, to its end. */
  | { say: "played"; results: ScenarioResult[] }
  | { say: "result"; results: ScenarioResult[] }
  /** A FiredrillError keeps its exit code; without one it is a crash, and `stack` shows where. */
  | { say: "error"; message: string; exitCode?: ExitCode; stack?: string };

export type ToWorker = { say: "play"; start: PlayStart } | { say: "guarded"; id: number } | { say: "abort" };
