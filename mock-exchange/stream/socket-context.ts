/** What a stream's socket is given: what it shares with the others, and what is its own. */

import type { Distance } from "./distance.ts";
import type { Clock } from "../../core/clock.ts";
import type { JournalSink } from "../../core/journal/event.ts";
import type { Batch } from "./batch.ts";
import type { StreamFaults } from "./faults/stream-faults.ts";

/** What all connections of one listener share. */
export interface SocketContext {
  endpoint: string;
  clock: Clock;
  journal: JournalSink;
  faults: StreamFaults;
  batch: Batch;
  maxBufferedBytes: number;
  /** How far away the client is. */
  away: Distance;
}

export interface SocketIdentity {
  /** The journal's name, `public-3`. */
  connection: string;
  /** The `conn_id` on the wire. */
  connId: string;
  path: string;
  /** Incident ms without traffic after which the server cuts it. */
  maxIdleMs: number;
}
