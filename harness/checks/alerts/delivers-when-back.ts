/**
 * What could not be delivered is not lost: once the webhook takes messages again, each incident that is owed is named by
 * one of them within a time, which has to have room for the pause of a breaker. What is owed, and by which words it is
 * known, says the scenario: an incident that lasts, or one that nobody could be shown. Asked only where the client had
 * tried while the webhook failed.
 */

import { formatDuration } from "../../../core/units.ts";
import { duringFault } from "../../evidence/alerts.ts";
import { within, type Occasion } from "../../verdicts/within.ts";

export interface DeliversWhenBackOptions {
  within: number;
  /** Incident in words -> what names it in a message: of the words that clients use for it, any. */
  owed: Readonly<Record<string, RegExp>>;
}

interface Owed extends Occasion {
  incident: string;
}

export const deliversWhenBack = within<DeliversWhenBackOptions, Owed>("delivers-when-back", {
  asks: ({ within, owed }) =>
    `reports that ${Object.keys(owed).join(" and ")} within ${formatDuration(within)} after its webhook answers again`,
  todo: ({ incident }) => `report that ${incident}`,
  unjudged: "nothing of it was left undelivered",
  occasions: (evidence, { owed }) =>
    evidence.faults("webhook").flatMap((fault): Owed[] => {
      const tried = duringFault(evidence.alertAttempts(), fault).filter(({ message }) => message === null);
      const event = tried.at(-1);
      if (event === undefined) return [];
      const after = evidence.takenAlerts().filter(({ at }) => at >= fault.healedAt);
      return Object.entries(owed).map(([incident, named]) => ({
        ...{ event, incident, what: "the webhook answered again", at: fault.healedAt },
        until: after.find(({ text }) => named.test(text))?.at,
      }));
    }),
});
