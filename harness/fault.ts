/**
 * A fault: what is made to go wrong, from arming over landing to healing. One file in `faults/` each. It says what
 * traffic it waits for and recognises in the journal that it hit; a run whose fault never landed is invalid.
 */

import type { JournalEvent } from "../core/journal/event.ts";
import type { Testbed } from "./testbed/testbed.ts";

declare module "../core/journal/event.ts" {
  interface EventMap {
    "fault.armed": { fault: string; name: string; endpoint: string; awaits: string };
    /** `proof` is the line of the journal that shows it. */
    "fault.landed": { fault: string; name: string; proof: number; evidence: string };
    "fault.healed": { fault: string; name: string };
  }
}

export interface ArmedFault {
  /** What this event proves, in words, or undefined where it proves nothing. */
  landing(event: JournalEvent): string | undefined;
  heal(): Promise<void> | void;
}

export interface Fault {
  /** `signal.close-on-request`: where and what. */
  name: string;
  endpoint: string;
  /** The traffic that has to come for it to land: "a get_signals request from the client". */
  awaits: string;
  /** @param ttlMs Incident ms after which it must heal by itself, whatever became of the scenario. */
  arm(testbed: Testbed, ttlMs: number): Promise<ArmedFault> | ArmedFault;
}
