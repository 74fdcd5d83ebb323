/**
 * The breaker for a ban of our address (403): every call on every path stops, because each one prolongs the ban. Once a
 * minute a single call is let through to see whether it is over. One that gets no answer does not say that it is.
 */

import { circuitBreaker, ConsecutiveBreaker, handleWhen, type IPolicy } from "cockatiel";
import { Banned } from "./errors.ts";
import { isPassing } from "./retry.ts";

/** @param probe A harmless call through this same policy. */
export type Ban = (probe: () => Promise<unknown>) => IPolicy;

const probeEveryMs = 60_000;
/** After the breaker's own time, which goes by the date. */
const marginMs = 100;

export const stopWhileBanned: Ban = (probe) => {
  let banned = false;
  const policy = circuitBreaker(
    handleWhen((error) => error instanceof Banned || (banned && isPassing(error))),
    { halfOpenAfter: probeEveryMs, breaker: new ConsecutiveBreaker(1) },
  );
  policy.onBreak(() => {
    banned = true;
    // Not left to the next poll, which may be due much later.
    setTimeout(() => void probe().catch(() => undefined), probeEveryMs + marginMs).unref();
  });
  policy.onReset(() => (banned = false));
  return policy;
};
