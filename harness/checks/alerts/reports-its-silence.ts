/**
 * Who reads the channel has to learn that it was silent: once the webhook answers again, a message says within a time that
 * alerts could not be delivered, or that the breaker had opened. Any usual words for it will do. Asked only where the client
 * had tried while the webhook failed.
 */

import { formatDuration } from "../../../core/units.ts";
import { duringFault } from "../../evidence/alerts.ts";
import { within, type Occasion } from "../../verdicts/within.ts";

const silence =
  /breaker|circuit|undeliver|(?:could not|not|un(?:able|available)|fail\w*)\W+(?:\w+\W+){0,3}(?:deliver|sen[dt]|post)|(?:alert|webhook|notification|message)s?\W+(?:\w+\W+){0,4}(?:held|missed|dropped|suppressed|skipped|queued|delayed|down|unavailable|unreachable|failed)/i;

export const reportsItsSilence = within<{ within: number }>("reports-its-silence", {
  asks: ({ within }) =>
    `says in an alert, within ${formatDuration(within)} after its webhook is back, that it had been silent`,
  todo: "say in an alert that alerts could not be delivered",
  unjudged: "nothing of it was left undelivered",
  occasions: (evidence) =>
    evidence.faults("webhook").flatMap((fault): Occasion[] => {
      const event = duringFault(evidence.alertAttempts(), fault).findLast(({ message }) => message === null);
      if (event === undefined) return [];
      const said = evidence.takenAlerts().find(({ at, text }) => at >= fault.healedAt && silence.test(text));
      return [{ event, what: "the webhook answered again", at: fault.healedAt, until: said?.at }];
    }),
});
