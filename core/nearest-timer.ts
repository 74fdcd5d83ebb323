/**
 * A wall timer for who has to be right on average (a proxy that delays), where `wallClock.after` waits for the
 * millisecond after and so is always late. It comes up to three quarters of a millisecond early, since what follows it
 * (a write, the wake-up of who reads) takes half a millisecond, and costs nothing: going round the event loop for the
 * last fraction was tried, and is punished by the scheduler when both cores are busy.
 */

import { wallClock, type Timer } from "./clock.ts";

const earlyMsMax = 0.75;
/** Node clamps longer timers to 1 ms, which would fire them at once. */
const longestTimerMs = 2 ** 31 - 1;

/** Calls back once, never more than three quarters of a millisecond early, and never before this returns. */
export function afterNearest(ms: number, callback: () => void): Timer {
  const dueMs = wallClock.elapsed() + ms;
  let timeout: NodeJS.Timeout | undefined;
  const sleep = (): void => {
    const wholeMs = Math.floor(dueMs - wallClock.elapsed());
    timeout = setTimeout(look, Math.min(Math.max(wholeMs, 1), longestTimerMs));
  };
  const look = (): void => {
    if (dueMs - wallClock.elapsed() <= earlyMsMax) callback();
    else sleep();
  };
  const immediate = ms <= earlyMsMax ? setImmediate(callback) : undefined;
  if (immediate === undefined) sleep();
  return {
    cancel() {
      clearTimeout(timeout);
      clearImmediate(immediate);
    },
  };
}
