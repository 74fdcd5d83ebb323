/**
 * The one place every outgoing frame passes, data and replies alike. A protocol fault drops, delays, repeats, swaps or
 * alters a frame here by what it delivers and when; the faults themselves are not here.
 */

import type { Frame } from "./frame.ts";

export interface Outgoing {
  endpoint: string;
  connection: string;
  /** `topic`: market or account data. `reply`: the answer to a request: an ack, a pong, an error, an order's ack. */
  kind: "topic" | "reply";
  /** The topic, or the op that is answered. */
  what: string;
}

export interface Gate {
  /** While true nothing is decided: frames go straight on, which is the fast path. */
  readonly open: boolean;
  /** Calls `deliver` for each frame that is to go out instead, now or later; not at all drops it. */
  pass(outgoing: Outgoing, frame: Frame, deliver: (frame: Frame) => void): void;
}

export const openGate: Gate = { open: true, pass: (_outgoing, frame, deliver) => deliver(frame) };
