/**
 * Report C's own fix, as it was: the five minutes of the breaker are counted from the last success. Where that is longer
 * ago, as after an hour without an alert, it closes again in the moment in which it opens.
 */

import { failures, openMs, type AlertBreaker } from "../reference/alerts/breaker.ts";
import { NotDelivered } from "../reference/alerts/webhook.ts";
import { broken } from "../reference/parts.ts";

function breakerFromLastSuccess(): AlertBreaker {
  let succeededAt = -Infinity;
  let failed = 0;
  const waitMs = (): number => {
    if (failed < failures) return 0;
    const wait = succeededAt + openMs - Date.now();
    if (wait > 0) return wait;
    failed = 0;
    return 0;
  };
  return {
    waitMs,
    async execute(send) {
      try {
        const result = await send();
        succeededAt = Date.now();
        failed = 0;
        return result;
      } catch (error) {
        if (error instanceof NotDelivered) failed += 1;
        throw error;
      }
    },
  };
}

export default broken("counts its breaker's five minutes from the last alert that was delivered (report C)", {
  alertBreaker: breakerFromLastSuccess,
});
