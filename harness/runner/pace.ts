/**
 * How fast incidents are replayed on this machine. A scenario names the speed for a machine that has nothing else to do;
 * where other programs use much of it, half of that speed leaves the client and us time to be on time, so that there is
 * something to judge. Measured once, at the start of a suite: a load that comes later makes what it touches `unknown`.
 */

/** Above this share of all cores. */
const busyShare = 0.4;
const whenBusy = 0.5;

export interface Pace {
  /** The compression that the user asked for: it is played as it is. */
  asked?: number;
  /** What other programs used of all cores, 0 to 1; null where the system does not tell. */
  othersShare: number | null;
}

export const isSlowed = ({ asked, othersShare }: Pace): boolean =>
  asked === undefined && othersShare !== null && othersShare > busyShare;

/** @param compression The scenario's. */
export const compressionAt = (pace: Pace, compression: number): number =>
  pace.asked ?? (isSlowed(pace) ? Math.max(compression * whenBusy, 1) : compression);
