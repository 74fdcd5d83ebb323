/** Where nothing is wrong nobody is alerted. Asked in scenarios in which a client waits for a long time, and all is well. */

import { formatDuration } from "../../../core/units.ts";
import { never } from "../../verdicts/never.ts";

export const sendsNoAlert = never<object>("sends-no-alert", {
  asks: "sends no alert while nothing is wrong",
  unit: "alerts",
  todo: "send no alert while nothing is wrong",
  unjudged: "something was wrong",
  violations: (evidence) =>
    evidence.troubles().length > 0
      ? []
      : evidence.takenAlerts().map((event) => ({ event, what: "sent an alert", at: event.at })),
  looked: (evidence) => {
    const started = evidence.journal.first("client.started")?.at;
    if (started === undefined || evidence.troubles().length > 0) return undefined;
    return `in ${formatDuration(evidence.endMs() - started)} there was none`;
  },
});
