/** Report C: only a timeout counts, so a sink that answers 500 or resets is asked for ever. */

import { breakerFromOpening, type AlertBreaker } from "../reference/alerts/breaker.ts";
import { NotDelivered } from "../reference/alerts/webhook.ts";
import { broken } from "../reference/parts.ts";

function countingTimeoutsOnly(changed: (state: string) => void): AlertBreaker {
  const breaker = breakerFromOpening(changed);
  return {
    waitMs: () => breaker.waitMs(),
    async execute(send) {
      let other: NotDelivered | undefined;
      const result = await breaker.execute(async () => {
        try {
          return { value: await send() };
        } catch (error) {
          if (!(error instanceof NotDelivered) || error.timedOut) throw error;
          other = error;
          return undefined;
        }
      });
      if (result !== undefined) return result.value;
      throw other ?? new Error("nothing was sent");
    },
  };
}

export default broken("has a breaker that counts timeouts only (report C)", { alertBreaker: countingTimeoutsOnly });
