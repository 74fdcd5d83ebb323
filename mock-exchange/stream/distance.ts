/**
 * What a network adds to every frame on its way to the client, in the order of sending. Without it a reply is there in
 * microseconds, before a client has gone on from its own send; pybit registers a subscription only after sending it and
 * then dies silently of the answer.
 */

import type { Clock } from "../../core/clock.ts";
import type { Gate } from "./gate.ts";

/** @returns A gate for one stream. */
export function distance(clock: Clock, latencyMs: number): Gate {
  const underway: (() => void)[] = [];
  return {
    open: false,
    pass(_outgoing, frame, deliver) {
      underway.push(() => deliver(frame));
      // Timers may swap places; whichever fires takes the frame that has waited longest.
      clock.after(latencyMs, () => underway.shift()?.());
    },
  };
}
