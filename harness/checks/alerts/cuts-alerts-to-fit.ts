/**
 * What an alert is about may be larger than a message may be: no alert is refused for what it holds, which it would be
 * for ever. Where a long text that the scenario put into the incident comes in it in part, the message says that it was cut.
 */

import { atMost, type Measured } from "../../verdicts/figure.ts";

export interface CutsAlertsOptions {
  /** A character that fills the long text and nothing else, and how many of it there are. */
  of: string;
  whole: number;
}

/** So many of it in a row are the long text, and no mention of it. */
const recognised = 50;
const cut = /…|\.\.\.|truncat|cut|shorten|omitted|left out|\bmore\b|characters|\[\d+ /i;

export const cutsAlertsToFit = atMost<CutsAlertsOptions>("cuts-alerts-to-fit", {
  asks: "sends alerts that fit, and says what it cut",
  unit: "alerts",
  limit: () => 0,
  todo: "send alerts that fit, and to say what it cut",
  unjudged: "it sent no alert",
  cases(evidence, { of, whole }) {
    const attempts = evidence.alertAttempts().map((event): Measured => {
      const { receivedAt: at, said, bytes } = event;
      const refused = event.status === 400 || event.status === 413;
      const seen = refused
        ? `one of ${bytes} bytes was refused at ${evidence.date(at)}: ${said.slice(0, 200)}`
        : `one of ${bytes} bytes was not refused`;
      return { event, what: "an alert", at, value: refused ? 1 : 0, seen, excuse: null };
    });
    const silent = evidence.takenAlerts().flatMap((event): Measured[] => {
      const held = event.text.split(of).length - 1;
      if (held < recognised || held >= whole || cut.test(event.text.replaceAll(of, ""))) return [];
      const seen = `it cut ${whole} characters to ${held} at ${evidence.date(event.at)} and did not say so`;
      return [{ event, what: "an alert that was cut", at: event.at, value: 1, seen, excuse: null }];
    });
    return [...attempts, ...silent];
  },
});
