/** What the runner writes of a client's steady state: that it was reached, or not, and whether it came again. */

import type { Role } from "../../incident/roles.ts";

declare module "../../../core/journal/event.ts" {
  interface EventMap {
    /** The client does what it does when nothing is wrong: streams and topics by endpoint, and what it polls. */
    "client.settled": {
      connections: Readonly<Record<string, number>>;
      topics: Readonly<Record<string, readonly string[]>>;
      polled: readonly string[];
      roles: readonly Role[];
    };
    /** It never did: what was seen and what was missing, in words. */
    "client.unsettled": { message: string };
    /**
     * Its steady state was waited for again from `sinceMs` on, after what happened in words: when it was there, or null,
     * and then what was missing. `limitMs` is the scenario's limit with the client's own backoff step of that moment.
     */
    "client.back": { sinceMs: number; backMs: number | null; limitMs: number; missing: string; after: string };
  }
}

export {};
