/**
 * That nothing will ever be delivered again is said in the log, where somebody can find it, and once: neither in silence
 * nor with every alert that is not sent. Judged from what the client printed from the first refusal on: lines that name
 * the webhook or an alert, and that something is wrong with it.
 */

import { count } from "../../../core/units.ts";
import { isGone } from "../../evidence/alerts.ts";
import { atMost } from "../../verdicts/figure.ts";
import { printedLines } from "../../verdicts/needs.ts";

const subject = /webhook|alert|discord|notif/i;
const wrong =
  /gone|unknown|invalid|delet|revok|not found|refus|reject|fail|error|unauthori[sz]ed|forbidden|could not|cannot|undeliver|not deliver|disabled|stopp/i;

export const saysGoneOnce = atMost<object>("says-gone-once", {
  asks: "says once in its log that its webhook is gone",
  needs: printedLines,
  unit: "lines",
  limit: () => 1,
  todo: "say in its log that its webhook is gone, once",
  unjudged: "its webhook was never gone",
  cases(evidence) {
    const event = evidence.alertAttempts().find(({ status }) => isGone(status));
    if (event === undefined) return [];
    const said = evidence
      .all("client.printed")
      .filter(
        ({ line, at, agoMs, spanMs }) =>
          line !== null && at - agoMs + spanMs >= event.receivedAt && subject.test(line) && wrong.test(line),
      );
    const value = said.reduce((sum, { times }) => sum + times, 0);
    const seen = `from ${evidence.date(event.at)} on, when it was refused with ${event.status ?? ""}, it said so in ${count(value, "line")} (see client.log)`;
    return [{ event, what: "the webhook was gone", at: event.at, value, least: 1, seen, excuse: null }];
  },
});
