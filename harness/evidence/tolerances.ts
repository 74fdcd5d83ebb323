/**
 * The one room for what is allowed for in times. No check allows for it by itself: each allowance has its name, its reason
 * and its size here, as a function of the run's clock. What a machine does to a time (the wake-up of a process, a way
 * through the kernel, the look at a list) is wall time, which on a clock that is a factor of the wall's is that many times
 * as much of the incident, and on the clock that leaps is none. What is left there is what lies in the matter: that two
 * observers of one thing are not one, and that a reply is under way.
 */

import { millis, seconds } from "../../core/units.ts";

/** The run's clock: incident time per wall time, and the provider of the client's. */
export interface RunClock {
  compression: number;
  time: string;
}

export interface Tolerances {
  /** The end of a connection is seen so long after the client may have seen it, or after the heal that let it through. */
  endSeenLateMs: number;
  /** So long may the end of one connection and the start of the next cross on their way. */
  crossingMs: number;
  /** What was on its way when a refusal arrived is not held against a client. */
  onItsWayMs: number;
  /** A burst waits for its connections and is answered one by one: so long is it on its way when a ban begins. */
  burstMs: number;
  /** Two clocks that both are right may differ by so much. */
  clocksDifferMs: number;
  /** Two samplers of the process list may see the same moment so far apart. */
  samplesApartMs: number;
  /** News of the account travel for so long, and a client reports its ledger once a second. */
  newsTravelMs: number;
  /** A minute of a client's own may be so much shorter, by its timers and the way to the exchange. */
  minuteShortMs: number;
  /** A wait for a CPU is journaled so long after it was over. */
  starvationSeenLateMs: number;
}

/** On the clock that leaps a client that computes goes on alone: what one observer sees now another sees when it has done. */
const twoObserversMs = millis(10);
/** The client had asked before it could read the refusal, and its reply is under way. */
const underWayMs = millis(200);
/** The client looks, or reports, once a second, and one look may have just gone by. */
const onceASecondMs = seconds(2);
/** A client that stopped at the first refusal had asked for all its symbols already, each answered in its turn. */
const queuedBurstMs = seconds(5);
/** A date is rounded, and so is what a header says of one. */
const roundedDateMs = millis(100);

export function tolerancesOf({ compression, time }: RunClock): Tolerances {
  const leaps = time === "leap";
  const wall = (ms: number): number => (leaps ? 0 : ms * compression);
  return {
    endSeenLateMs: leaps ? twoObserversMs : wall(50),
    crossingMs: leaps ? twoObserversMs : wall(10),
    // In 20 ms processes are woken.
    onItsWayMs: Math.max(underWayMs, wall(20)),
    // On two busy cores a client that had stopped at the first 403 had calls on their way for 80 ms.
    burstMs: Math.max(queuedBurstMs, wall(150)),
    // Or a client would be blamed for rounding.
    clocksDifferMs: Math.max(roundedDateMs, wall(5)),
    samplesApartMs: Math.max(onceASecondMs, wall(100)),
    newsTravelMs: Math.max(onceASecondMs, wall(100)),
    minuteShortMs: leaps ? underWayMs : seconds(3),
    starvationSeenLateMs: wall(50),
  };
}
