/** What a stream's socket is given: what it shares with the others, and what is its own. */

import type { Clock } from "../../core/clock.ts";
import type { JournalSink } from "../../core/journal/event.ts";
import type { Batch } from "./batch.ts";
import type { Frame } from "./frame.ts";

/** What a socket asks of whoever lets things go wrong. The socket's type is left open: its module imports this one. */
export interface SocketFaults<Socket> {
  /** Whether any data frame is looked at: the one question of the fast path. */
  readonly watchesTopics: boolean;
  /** A data frame on its way out. */
  outgoing(socket: Socket, topic: string, frame: Frame): void;
  /** The connection is gone, and what ran on it with it. */
  forget(socket: Socket): void;
}

/** What all connections of one listener share. */
export interface SocketContext<Socket> {
  endpoint: string;
  clock: Clock;
  journal: JournalSink;
  faults: SocketFaults<Socket>;
  batch: Batch;
  /** Data frames that went out since they were last journaled. */
  sent: { frames: number };
  maxBufferedBytes: number;
  /** How far away the client is; undefined where answers are there at once. */
  latencyMs: number | undefined;
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
