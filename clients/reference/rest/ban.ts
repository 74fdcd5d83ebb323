/**
 * The breaker for a ban of our address (403): every call on every path stops, because each one prolongs the ban. Once a
 * minute a single call is let through to see whether it is over.
 */

import { circuitBreaker, ConsecutiveBreaker, handleType, type IPolicy } from "cockatiel";
import { Banned } from "./errors.ts";

const probeEveryMs = 60_000;

export const stopWhileBanned = (): IPolicy =>
  circuitBreaker(handleType(Banned), { halfOpenAfter: probeEveryMs, breaker: new ConsecutiveBreaker(1) });
