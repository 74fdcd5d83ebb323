/**
 * The breaker of the alert path: after three alerts in a row that could not be delivered, for whatever reason, nothing is
 * sent for five minutes, measured from the moment it opened; then one alert is the probe.
 */

import { circuitBreaker, ConsecutiveBreaker, handleType } from "cockatiel";
import { NotDelivered } from "./webhook.ts";

export interface AlertBreaker {
  execute<T>(send: () => Promise<T>): Promise<T>;
  /** While it is open: how long until the next probe, ms; else 0. */
  waitMs(): number;
}

export const failures = 3;
export const openMs = 5 * 60_000;

/** @param changed Called once for each change of its state, with the state in words. */
export function breakerFromOpening(changed: (state: string) => void): AlertBreaker {
  const breaker = circuitBreaker(handleType(NotDelivered), {
    halfOpenAfter: openMs,
    breaker: new ConsecutiveBreaker(failures),
  });
  let openedAt: number | undefined;
  breaker.onBreak(() => {
    openedAt = Date.now();
    changed(`open: nothing is sent for ${openMs / 60_000} min`);
  });
  breaker.onHalfOpen(() => changed("half open: one alert is the probe"));
  breaker.onReset(() => {
    openedAt = undefined;
    changed("closed: alerts are delivered again");
  });
  return {
    execute: (send) => breaker.execute(send),
    waitMs: () => (openedAt === undefined ? 0 : Math.max(openedAt + openMs - Date.now(), 0)),
  };
}
