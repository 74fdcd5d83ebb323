/**
 * What a network adds to every frame on its way to the client, in the order of sending. Without it a reply is there in
 * microseconds, before a client has gone on from its own send; pybit registers a subscription only after sending it and
 * then dies silently of the answer.
 */

import type { Clock } from "../../core/clock.ts";

/** Lets each frame go on when it has come the distance. */
export type Distance = (deliver: () => void) => void;

/** @returns The distance of one stream. */
export function distance(clock: Clock, latencyMs: number): Distance {
  const underway: (() => void)[] = [];
  return (deliver) => {
    underway.push(deliver);
    // Timers may swap places; whichever fires takes the frame that has waited longest.
    clock.after(latencyMs, () => underway.shift()?.());
  };
}
