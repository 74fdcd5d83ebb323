/** What the signal server writes to the journal, besides its connections. */

import type { Signal } from "./signal.ts";

declare module "../core/journal/event.ts" {
  interface EventMap {
    /** A signal came into being; from now on it is in the buffer and is pushed. */
    "signal.appeared": { signal: Signal };
    /** A client asked for something. `answered` is false where a fault kept the reply back. */
    "signal.request": { connection: string; request: string; answered: boolean };
    /** Signals went to a client. */
    "signal.sent": { connection: string; what: "initial-batch" | "reply" | "push"; signals: number };
    /** The server stopped listening (`down`) or listens again (`up`). */
    "signal.listening": { state: "up" | "down" };
  }
}

export {};
