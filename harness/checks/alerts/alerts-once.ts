/**
 * What goes wrong for a while is one alert: it is taken within a time of the fault's landing, and no second one follows
 * while it lasts. That it is reported as over is another check.
 */

import { count, formatDuration } from "../../../core/units.ts";
import { atMost } from "../../verdicts/figure.ts";

export const alertsOnce = atMost<{ within: number }>("alerts-once", {
  asks: ({ within }) => `sends one alert for each fault, within ${formatDuration(within)}`,
  unit: "alerts",
  limit: () => 1,
  todo: ({ within }) => `send one alert for each fault, within ${formatDuration(within)} of its landing`,
  unjudged: "no fault lasted for so long",
  cases: (evidence, { within }) =>
    evidence
      .troubles()
      .filter(({ endpoint, landedAt, healedAt }) => endpoint !== "webhook" && healedAt - landedAt >= within)
      .map(({ proven: event, what, landedAt: at, healedAt }) => {
        const taken = evidence.takenAlerts().filter((alert) => alert.at >= at && alert.at < healedAt);
        const [first] = taken;
        const late = first !== undefined && first.at - at > within;
        const when = first === undefined ? "" : `, the first after ${formatDuration(first.at - at)}`;
        const seen = `${what} lasted ${formatDuration(healedAt - at)} and it sent ${count(taken.length, "alert")}${when}`;
        return { event, what: `${what} landed`, at, value: late ? 0 : taken.length, most: 1, least: 1, seen };
      }),
});
