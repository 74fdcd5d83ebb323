/**
 * A fault: what is made to go wrong, from arming over landing to healing. One file in `faults/<group>/` each, found by
 * path. It says what traffic it waits for and recognises in the journal that it hit; a run whose fault never landed is
 * invalid. What it needs and this run does not have makes the run not applicable. How long it lasts and when it heals
 * is not its business: `runner/play-fault.ts` does that for all alike.
 */

import type { JournalEvent, JournalSink } from "../../core/journal/event.ts";

declare module "../../core/journal/event.ts" {
  interface EventMap {
    /**
     * `does`: which of the many things that this kind can do. `silences`: the connections that it meets stay open and
     * hear nothing. `harmless`: nothing goes wrong by it. `rules` and `toxics` are what it left in the testbed, by which
     * `rule.hit` and `proxy.toxic-hit` name it.
     */
    "fault.armed": {
      fault: string;
      name: string;
      does?: string;
      endpoint: string;
      awaits: string;
      /** Its arming began with this line of the journal: from there on it may have acted. Default: its own. */
      fromLine?: number;
      silences?: boolean;
      harmless?: boolean;
      /** It need not land: a client that does not do what it waits for is judged without it. */
      ifMet?: boolean;
      /** What it waits for is for the client to do or not, as with everything that is asked of a mock. */
      isUpToTheClient?: boolean;
      rules?: readonly string[];
      toxics?: readonly string[];
    };
    /** `proof` is the line of the journal that shows it. */
    "fault.landed": { fault: string; name: string; proof: number; evidence: string };
    /** `by`: the scenario ended it, or its time to live did. */
    "fault.healed": { fault: string; name: string; does?: string; by: "scenario" | "time-to-live" };
  }
}

/** What a fault may act on; the testbed and the client's process add themselves to it, each in its own room. */
export interface FaultContext {
  /** Unique in its run: `fault-1`. It names what the fault leaves in the testbed, its toxics say. */
  id: string;
  journal: JournalSink;
}

export interface ArmedFault {
  /** What it left in the testbed: rules of a mock, toxics of a proxy, by the names that their hits have in the journal. */
  rules?: readonly string[];
  toxics?: readonly string[];
  /** What this event proves, in words, or undefined where it proves nothing. */
  landing(event: JournalEvent): string | undefined;
  heal(): Promise<void> | void;
}

/** Something a run may lack: a capability of the proxy engine, the time provider or the system. */
export interface Need {
  /** "a proxy engine that can hold bytes". */
  what: string;
  /** Why this run does not have it and what to do, or undefined where it does. */
  missing(context: FaultContext): string | undefined;
}

export interface Fault {
  /** `process.kill`: its group and its file's name. */
  name: string;
  /** What it does, for a kind that can do many things: `stall`, `status 403`. */
  does?: string;
  /** Where it acts: an endpoint of the testbed, or `client`. */
  endpoint: string;
  /** What has to come for it to land: "a get_signals request from the client". */
  awaits: string;
  needs: readonly Need[];
  /** The connections that it meets stay open and hear nothing. */
  silences?: boolean;
  /** Nothing goes wrong by it: a server that only asks whether the client is there. */
  harmless?: boolean;
  /** A client that settled and does not do what it waits for has nothing to do in the scenario. */
  isUpToTheClient?: boolean;
  /** @param ttlMs Incident ms after which it must be over, whatever became of the scenario. */
  arm(context: FaultContext, ttlMs: number): Promise<ArmedFault> | ArmedFault;
}

/** `server.stream stall`: a fault as messages name it. */
export const faultText = ({ name, does }: { name: string; does?: string }): string =>
  does === undefined ? name : `${name} ${does}`;

/** A fault before it is given its options, as the catalogue knows it. */
export interface FaultKind<Options = unknown> {
  (options: Options): Fault;
  readonly summary: string;
  readonly needs: readonly Need[];
  /** The folder whose files are what it can do, for one that does many things. */
  readonly actions: URL | undefined;
  /** Its group and its file's name: `process.kill` is `process/kill.ts`. */
  readonly kind: string;
}

export interface FaultDefinition<Options> {
  kind: string;
  /** One line for `firedrill list --faults`. */
  summary: string;
  /** The folder whose files are what it can do, a file URL with a trailing slash. */
  actions?: URL;
  /** Which of them it does. */
  does?: (options: Options) => string;
  needs?: readonly Need[];
  /** What it needs besides with these options. */
  needsFor?: (options: Options) => readonly Need[];
  endpoint: string | ((options: Options) => string);
  awaits: string | ((options: Options) => string);
  /** The connections that it meets stay open and hear nothing, so that a loss begins where it lands. */
  silences?: true;
  /** What it waits for is for the client to do or not, as with everything that is asked of a mock. */
  isUpToTheClient?: true;
  /** With these options nothing goes wrong by it. */
  harmless?: (options: Options) => boolean;
  arm: (context: FaultContext, options: Options, ttlMs: number) => Promise<ArmedFault> | ArmedFault;
}

/** Gives a fault's file its shape. */
export function faultKind<Options>(definition: FaultDefinition<Options>): FaultKind<Options> {
  const { kind, summary, needs = [], silences = false, arm } = definition;
  const text = (value: string | ((options: Options) => string), options: Options): string =>
    typeof value === "string" ? value : value(options);
  const make = (options: Options): Fault => ({
    name: kind,
    ...(definition.does === undefined ? {} : { does: definition.does(options) }),
    endpoint: text(definition.endpoint, options),
    awaits: text(definition.awaits, options),
    needs: [...needs, ...(definition.needsFor?.(options) ?? [])],
    silences,
    harmless: definition.harmless?.(options) ?? false,
    ...(definition.isUpToTheClient === undefined ? {} : { isUpToTheClient: true }),
    arm: (context, ttlMs) => arm(context, options, ttlMs),
  });
  return Object.assign(make, { summary, needs, kind, actions: definition.actions });
}
