/**
 * A wall timer for who has to be exact to a fraction of a millisecond (a proxy that delays), where `wallClock.after` is
 * late by one on average. Node's timers know whole milliseconds, so it sleeps for those and goes round the event loop
 * for the rest: about 0.15 ms of CPU a timer, and none while it sleeps. Not for timers by the thousand.
 */

import { wallClock, type Timer } from "./clock.ts";

/** Node's timer may come early by up to this: what is left then is gone round for, not slept again. */
const earlyMs = 1.2;

/** Calls back once, never early. */
export function afterPrecisely(ms: number, callback: () => void): Timer {
  const dueMs = wallClock.elapsed() + ms;
  let timeout: NodeJS.Timeout | undefined;
  let immediate: NodeJS.Immediate | undefined;
  const look = (): void => {
    const leftMs = dueMs - wallClock.elapsed();
    if (leftMs <= 0) callback();
    else if (leftMs < earlyMs) immediate = setImmediate(look);
    else timeout = setTimeout(look, Math.min(Math.floor(leftMs), longestTimerMs));
  };
  if (ms < earlyMs) immediate = setImmediate(look);
  else look();
  return {
    cancel() {
      clearTimeout(timeout);
      clearImmediate(immediate);
    },
  };
}

/** Node clamps longer timers to 1 ms, which would fire them at once. */
const longestTimerMs = 2 ** 31 - 1;
