/** Report C's fix: an alert that fails, or comes while the breaker is open, is dropped. */

import { breakerFromOpening, type AlertBreaker } from "../reference/alerts/breaker.ts";
import { broken } from "../reference/parts.ts";

function dropping(changed: (state: string) => void): AlertBreaker {
  const breaker = breakerFromOpening(changed);
  return {
    waitMs: () => 0,
    // To the queue it was one that never can be delivered.
    execute: (send) => breaker.execute(send).catch(() => false as never),
  };
}

export default broken("drops what it cannot deliver (report C)", { alertBreaker: dropping });
