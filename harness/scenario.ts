/**
 * A scenario: one incident as a script. `play` says what happens, `expect` what must hold, `provenBy` which shipped
 * broken client must fail which check. One file in `scenarios/<report>/` each, by default export.
 */

import type { JournalEvent } from "../core/journal/event.ts";
import type { JournalView } from "../core/journal/view.ts";
import type { Check } from "./check.ts";
import type { Fault } from "./fault.ts";
import type { TestbedSettings } from "./testbed/testbed.ts";

/** Something a scenario waits for. */
export interface Moment {
  /** "the client has its initial batch", for the message where it never comes. */
  what: string;
  /**
   * Looks at what has happened by `nowMs` (the incident date), and gives what to ask each further event: is this it?
   */
  watch(past: JournalView, nowMs: number): (event: JournalEvent) => boolean;
}

/** What `play` has in its hands. All durations are incident ms. */
export interface Stage {
  client: {
    start: () => Promise<void>;
    /** As the operator would. Default SIGINT. Gives whether it went by itself, and did not have to be killed. */
    stop: (signal?: "SIGINT" | "SIGTERM") => Promise<boolean>;
  };
  /** Waits until an incident date, ISO with zone: `2025-10-22T02:06:07+04:00`. */
  at: (date: string) => Promise<void>;
  wait: (durationMs: number) => Promise<void>;
  /**
   * Waits for a moment that is yet to come. If it does not, the run is invalid; with `orAfter`, it goes on then.
   * Gives whether it came.
   */
  until: (moment: Moment, options?: { orAfter: number }) => Promise<boolean>;
  /**
   * Arms a fault, lets `during` pass, heals it; or heals it once it has lasted `ttlMs` (default a day). Gives what
   * `during` gave.
   */
  fault: <T>(fault: Fault, during: () => Promise<T>, limits?: { ttlMs: number }) => Promise<T>;
}

export interface Scenario {
  id: string;
  /** The incident report it replays: A to E. */
  report: string;
  title: string;
  /** What the client under test has to do for this scenario to mean anything. */
  roles: readonly string[];
  /** ISO dates; `end` is the latest end. The zone is the client's and the one of messages. */
  clock: {
    start: string;
    end: string;
    compression: number;
    timezone: string;
    /** The client's date is moved while it runs, which not every time provider can do. */
    steps?: boolean;
  };
  /** At its speed it needs the whole machine: no other run is played beside it, whatever `--jobs` is. */
  alone?: boolean;
  testbed?: TestbedSettings;
  play(stage: Stage): Promise<void>;
  expect: readonly Check[];
  /** Broken client -> the check that it must fail. */
  provenBy: Readonly<Record<string, string>>;
}

/** A scenario and the file it was found in, by which another thread can load it again. */
export type FoundScenario = Scenario & { readonly file: string };

/** Gives a scenario file its types. */
export const scenario = (definition: Scenario): Scenario => definition;
