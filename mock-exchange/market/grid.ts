/** The grid of incident time on which the market moves. It is fixed when the market is made and anchored at epoch 0. */

const finestMs = 100;
/** A step is at least this much wall time, or a compressed run would drown in steps. */
const finestWallMs = 20;

/** Incident ms of one step. */
export const gridMs = (compression: number): number => Math.ceil(Math.max(finestMs, compression * finestWallMs));
