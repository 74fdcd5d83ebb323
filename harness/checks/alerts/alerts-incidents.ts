/**
 * Every incident wakes somebody: once it has begun, a message is taken within a time. Counted from the landing of each fault
 * that is not the webhook's own. With `named`, the message has to say what it is about, by any of these words.
 */

import { formatDuration } from "../../../core/units.ts";
import { within, type Occasion } from "../../verdicts/within.ts";

export const alertsIncidents = within<{ within: number; named?: RegExp }>("alerts-incidents", {
  asks: ({ within }) => `reports an incident within ${formatDuration(within)}`,
  todo: "deliver an alert",
  unjudged: "there was no incident",
  occasions: (evidence, { named = /./ }) =>
    evidence.troubles().flatMap(({ endpoint, proven: event, what, landedAt: at }): Occasion[] => {
      if (endpoint === "webhook") return [];
      const taken = evidence.takenAlerts().find((one) => one.at >= at && named.test(one.text));
      return [{ event, what, at, until: taken?.at }];
    }),
});
