/**
 * A wall timer for who has to be exact to a fraction of a millisecond (a proxy that delays), where `wallClock.after` is
 * late by one on average. Node's timers know whole milliseconds, so it sleeps for all but the last and goes round the
 * event loop for the rest: about half a millisecond of CPU a timer, and none while it sleeps.
 */

import { wallClock, type Timer } from "./clock.ts";

/** Less than this is gone round for: a timer of a millisecond may take two. */
const lastMs = 1.2;

/** Calls back once, never early. */
export function afterPrecisely(ms: number, callback: () => void): Timer {
  const dueMs = wallClock.elapsed() + ms;
  let timeout: NodeJS.Timeout | undefined;
  let immediate: NodeJS.Immediate | undefined;
  const look = (): void => {
    const leftMs = dueMs - wallClock.elapsed();
    if (leftMs <= 0) callback();
    else if (leftMs < lastMs) immediate = setImmediate(look);
    else timeout = setTimeout(look, Math.min(Math.max(Math.floor(leftMs) - 1, 1), longestTimerMs));
  };
  if (ms < lastMs) immediate = setImmediate(look);
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
