/**
 * How often the client is looked at from outside. Where the clock is a factor of the wall's, looks cost wall time, and the
 * wait for a CPU falsifies what is measured; where it leaps, each look is a moment at which time has to stop, and nobody
 * waits for a CPU.
 */

export interface WatchPace {
  /** For children that begin and end, ms. */
  childrenMs: number;
  /** For memory, ms. */
  resourcesMs: number;
  /** Whether the client's wait for a CPU is a delay by the incident's clock. */
  starves: boolean;
}

export const onTheWall: WatchPace = { childrenMs: 20, resourcesMs: 250, starves: true };

/** @param children Whether the scenario is about them. */
export const onLeapingClock = ({ children }: { children: boolean }): WatchPace => ({
  childrenMs: children ? 100 : 5_000,
  resourcesMs: 5_000,
  starves: false,
});
