/** A clock for tests that stands still until it is moved: a market can be led through its steps without waiting. */

import type { Clock, Timer } from "../../core/clock.ts";

export interface TestClock extends Clock {
  /** Lets incident time pass and runs what falls due. */
  advance(incidentMs: number): void;
  /** How many callbacks are to come. */
  readonly timers: number;
}

interface Due {
  atMs: number;
  everyMs: number;
  callback: () => void;
}

export function testClock(start: string, compression = 1): TestClock {
  const startMs = Date.parse(start);
  const due = new Set<Due>();
  let elapsedMs = 0;
  const add = (ms: number, everyMs: number, callback: () => void): Timer => {
    const entry = { atMs: elapsedMs + ms, everyMs, callback };
    due.add(entry);
    return { cancel: () => due.delete(entry) };
  };
  return {
    compression,
    startMs,
    monotonicStartNs: 0n,
    release: () => undefined,
    now: () => startMs + elapsedMs,
    elapsed: () => elapsedMs,
    after: (ms, callback) => add(ms, 0, callback),
    every: (ms, callback) => add(ms, ms, callback),
    sleep: (ms) => new Promise((resolve) => void add(ms, 0, resolve)),
    toWallMs: (ms) => ms / compression,
    get timers() {
      return due.size;
    },
    advance(ms) {
      elapsedMs += ms;
      for (const entry of [...due]) {
        if (entry.atMs > elapsedMs) continue;
        if (entry.everyMs === 0) due.delete(entry);
        // As the real clock does: missed ticks are skipped, the schedule never moves.
        else entry.atMs += entry.everyMs * (1 + Math.floor((elapsedMs - entry.atMs) / entry.everyMs));
        entry.callback();
      }
    },
  };
}
