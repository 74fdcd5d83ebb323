/**
 * A scenario: one incident as a script. `play`, or each of its trials, says what happens, `expect` what must hold, `provenBy` which shipped
 * broken client must fail which check. One file in `scenarios/<subject>/` each; `report` says which report it replays, by default export.
 */

import type { JournalEvent } from "../../core/journal/event.ts";
import type { JournalView } from "../../core/journal/view.ts";
import type { Check } from "./check.ts";
import type { Endpoint } from "./endpoints.ts";
import type { Fault } from "./fault.ts";
import type { Role } from "./roles.ts";
import type { TestbedSettings } from "./testbed-settings.ts";

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
   * Waits until the client does what it does when nothing is wrong, and gives what that is. A client that never comes to
   * it is unplayable; one that uses none of an endpoint named here has nothing to do in this scenario.
   */
  settled: (...using: Endpoint[]) => Promise<SteadyState>;
  /** Gives what a scenario needs the client to have; one that has none of it has nothing to do here. */
  needs: <T>(found: T | undefined, what: string) => T;
  /**
   * Waits, once every fault that is armed has hit, until the client does again what it did when it had settled. Where it
   * does not within this and its own current backoff step, it has failed, and the scenario is over.
   */
  back: (limits: { within: number }) => Promise<void>;
  /**
   * Waits for a moment that is yet to come. If it does not, the run is invalid; with `orAfter`, it goes on then.
   * Gives whether it came.
   */
  until: (moment: Moment, options?: { orAfter: number }) => Promise<boolean>;
  /**
   * Arms a fault, lets `during` pass, heals it; or heals it once it has lasted `ttlMs` (default a day). Gives what
   * `during` gave.
   */
  fault: <T>(fault: Fault, during: () => Promise<T>, limits?: FaultLimits) => Promise<T>;
}

export interface FaultLimits {
  ttlMs?: number;
  /** It need not land: a client that does not do what it waits for is judged without it. */
  ifMet?: boolean;
}

/** What a client has and does when nothing is wrong, as it was seen. */
export interface SteadyState {
  readonly uses: (endpoint: Endpoint) => boolean;
  /** The names of its open connections. */
  readonly connections: (endpoint: Endpoint) => readonly string[];
  /** Its topics, in the order they were asked for; those that a pattern fits. */
  readonly topics: (endpoint: Endpoint, pattern?: RegExp) => readonly string[];
  /** Whether it asks for that path over REST. */
  readonly polls: (path: string) => boolean;
}

/** One fault, or one night, judged on its own. */
export interface Trial {
  /** Unique in its scenario and stable: `1012`. */
  id: string;
  /** The client runs when it begins. */
  play: (stage: Stage) => Promise<void>;
  /** What must hold besides what the scenario asks of every trial. */
  expect?: readonly Check[];
}

export const trial = (id: string, play: Trial["play"], expect: readonly Check[] = []): Trial => ({ id, play, expect });

/** What a broken client must fail: a check, of a trial where the scenario has them. */
export type Proof = string | { readonly trial: string; readonly check: string };

export interface Scenario {
  id: string;
  /** The incident report it replays: A to E; empty for one of the user's own that replays none. */
  report: string;
  title: string;
  /** To choose by, `--tag`; a scenario's roles are tags too. */
  tags?: readonly string[];
  /** What the client under test has to do for this scenario to mean anything. */
  roles: readonly Role[];
  /** The roles without which it says nothing, where those are not `connector`, `trade-stream`, `signals` and `alerts`. */
  requires?: readonly Role[];
  /** ISO dates; `end` is the latest end. The zone is the client's and the one of messages. */
  clock: {
    start: string;
    end: string;
    timezone: string;
    /** The client's date is moved while it runs, which not every time provider can do. */
    steps?: boolean;
  };
  testbed?: TestbedSettings;
  /** What the report says that happened, to stand beside the replay. Dates are ISO with a zone. */
  original?: readonly { at: string; what: string }[];
  /** What happens, as a whole; or as trials, which share a client for as long as it comes back. */
  play?: (stage: Stage) => Promise<void>;
  trials?: readonly Trial[];
  /** Of each trial. */
  expect: readonly Check[];
  /** Broken client -> the check that it must fail. */
  provenBy: Readonly<Record<string, Proof>>;
}

/** A scenario and the file it was found in, by which another thread can load it again. */
export type FoundScenario = Scenario & {
  readonly file: string;
  /** The trials that are meant, where not all are. */
  readonly only?: readonly string[];
};

/** A scenario as its file says it: one of the user's own replays no report, and has no shipped client to prove it. */
export type ScenarioDefinition = Omit<Scenario, "report" | "provenBy"> & Partial<Pick<Scenario, "report" | "provenBy">>;

/** Gives a scenario file its types. */
export const scenario = (definition: ScenarioDefinition): Scenario => ({ report: "", provenBy: {}, ...definition });
