/**
 * An incident that ends is reported as over, once, with how long it took: a message is taken within a time after the
 * last fault of an endpoint was healed, and a duration stands in it ("2 min 3 s", "00:02:03"). Asked only where an alert
 * had come while it lasted. What language it is in does not matter.
 */

import { formatDuration } from "../../../core/units.ts";
import { within, type Occasion } from "../../verdicts/within.ts";

const duration = /\d+ ?(ms|s|sec|secs|seconds?|m|min|mins|minutes?|h|hours?)\b|\d+:\d\d/i;

export const alertsRecovery = within<{ within: number }>("alerts-recovery", {
  asks: ({ within }) => `reports within ${formatDuration(within)} that an incident is over, with how long it took`,
  todo: "report that it is over, with how long it took,",
  unjudged: "it reported no incident",
  occasions: (evidence) =>
    evidence.troubles().flatMap(({ endpoint, proven: event, what, landedAt, healedAt: at }): Occasion[] => {
      const taken = evidence.takenAlerts();
      const reported = taken.some((one) => one.at >= landedAt && one.at < at);
      if (endpoint === "webhook" || !reported) return [];
      const over = taken.find((one) => one.at >= at && duration.test(one.text.split("\n")[0] ?? ""));
      return [{ event, what: `${what} was over`, at, until: over?.at }];
    }),
});
