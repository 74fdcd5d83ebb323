/**
 * An operator who is woken by forty messages reads none of them. `incident`: what was taken from the landing of a fault that
 * is not the webhook's own until the next one lands; so that several faults of one outage count as one, they are counted
 * together where they land within a minute. `backlog`: what was taken after a webhook was back.
 */

import { count, minutes } from "../../../core/units.ts";
import type { Evidence } from "../../evidence/evidence.ts";
import type { FaultSpan } from "../../evidence/faults.ts";
import { atMost } from "../../verdicts/figure.ts";

export interface FewAlertsOptions {
  atMost: number;
  of: "incident" | "backlog";
}

export const fewAlerts = atMost<FewAlertsOptions>("few-alerts", {
  asks: ({ atMost, of }) => `sends at most ${count(atMost, "message")} ${words[of]}`,
  unit: "messages",
  limit: ({ atMost }) => atMost,
  todo: ({ atMost, of }) => `send at most ${count(atMost, "message")} ${words[of]}`,
  unjudged: "it sent none",
  cases(evidence, { of }) {
    const from = of === "backlog" ? backlogs(evidence) : incidents(evidence);
    return from.flatMap(({ fault, at }, n) => {
      const until = from[n + 1]?.at ?? Infinity;
      const taken = evidence.takenAlerts().filter((one) => one.at >= at && one.at < until);
      const event = taken.at(-1);
      if (event === undefined) return [];
      const seen = `${count(taken.length, "message")} ${taken.length === 1 ? "was" : "were"} taken after ${fault.what} from ${evidence.date(at)} on`;
      return [{ event, what: "a message", at, value: taken.length, seen, excuse: null }];
    });
  },
});

const words = { incident: "for an incident", backlog: "of what it could not deliver" };

interface Beginning {
  fault: FaultSpan;
  at: number;
}

const backlogs = (evidence: Evidence): Beginning[] =>
  evidence.faults("webhook").map((fault) => ({ fault, at: fault.healedAt }));

const incidents = (evidence: Evidence): Beginning[] =>
  evidence
    .troubles()
    .filter(({ endpoint }) => endpoint !== "webhook")
    .map((fault) => ({ fault, at: fault.landedAt }))
    .toSorted((a, b) => a.at - b.at)
    .filter(({ at }, n, all) => n === 0 || at - (all[n - 1]?.at ?? 0) > minutes(1));
