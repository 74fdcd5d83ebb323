/** A webhook that says 429 is not asked again before the time that it named. */

import { count, formatDuration } from "../../../core/units.ts";
import { never } from "../../verdicts/never.ts";

export const waitsAsAsked = never<object>("waits-as-asked", {
  asks: "asks its webhook no earlier than a 429 allows",
  unit: "alerts",
  unjudged: "no alert met a 429",
  todo: "wait for as long as the webhook's 429 says",
  looked(evidence) {
    const limited = evidence.alertAttempts().filter(({ status }) => status === 429);
    return limited.length === 0 ? undefined : `it met ${count(limited.length, "429")}`;
  },
  violations(evidence) {
    const { onItsWayMs } = evidence.tolerances;
    const attempts = evidence.alertAttempts();
    return attempts.flatMap((event) => {
      const { earlyMs, receivedAt: at } = event;
      // It had been sent before the first refusal could be read.
      const known = attempts.some((one) => one.status === 429 && one.at + onItsWayMs < at);
      return earlyMs > 0 && known ? [{ event, at, what: `asked ${formatDuration(earlyMs)} too early` }] : [];
    });
  },
});
