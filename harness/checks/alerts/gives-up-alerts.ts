/**
 * An alert that nobody answers is given up after a time, so that the next one has its turn. Measured at the webhook, from
 * an attempt's arrival to the end of its connection. What the client was still waiting for when it was stopped is judged
 * only where it had waited for too long.
 */

import { formatDuration } from "../../../core/units.ts";
import { wasLeft } from "../../evidence/alerts.ts";
import { atMost, type Measured } from "../../verdicts/figure.ts";

export const givesUpAlerts = atMost<{ within: number }>("gives-up-alerts", {
  asks: ({ within }) => `gives up an alert that is not answered, within ${formatDuration(within)} each time`,
  unit: "ms",
  limit: ({ within }) => within,
  todo: ({ within }) => `give up an alert that is not answered within ${formatDuration(within)}`,
  unjudged: "none of its alerts was left without an answer",
  cases(evidence, { within }) {
    const endMs = evidence.endMs();
    const most = within + evidence.tolerances.endSeenLateMs;
    return evidence.alertAttempts().flatMap((event): Measured[] => {
      const { receivedAt: at } = event;
      const value = Math.min(event.at, endMs) - at;
      const wasOpen = event.at > endMs;
      if (!wasLeft(event) || (wasOpen && value <= most)) return [];
      const how = wasOpen ? "still waited for an answer after" : "gave one up after";
      const seen = `it ${how} ${formatDuration(value)}; it had come at ${evidence.date(at)}`;
      return [{ event, what: `an alert, ${formatDuration(value)}`, at, value, most, seen }];
    });
  },
});
