/** A webhook that is not there any more (404), or not the client's (401, 403), is not asked again. */

import { isGone } from "../../evidence/alerts.ts";
import { never } from "../../verdicts/never.ts";

export const stopsAsking = never<object>("stops-asking", {
  asks: "asks a webhook that is gone no more",
  unit: "alerts",
  unjudged: "its webhook was never gone",
  todo: "ask a webhook that is gone no more",
  looked(evidence) {
    const first = evidence.alertAttempts().find(({ status }) => isGone(status));
    return first === undefined
      ? undefined
      : `it was refused once, with ${first.status ?? ""} at ${evidence.date(first.at)}`;
  },
  violations(evidence) {
    const first = evidence.alertAttempts().find(({ status }) => isGone(status));
    if (first === undefined) return [];
    const knownMs = first.at + evidence.tolerances.onItsWayMs;
    return evidence
      .alertAttempts()
      .filter(({ receivedAt }) => receivedAt > knownMs)
      .map((event) => ({ event, at: event.receivedAt, what: "asked a webhook that was gone" }));
  },
});
