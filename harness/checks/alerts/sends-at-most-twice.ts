/**
 * Of an alert whose reply was late or lost nobody knows whether it was taken. It may be sent once more, and no more: each
 * that was taken is in the channel. Counted are the messages of the same words that were taken in one fault of the webhook;
 * numbers and times in them are no other words.
 */

import { count } from "../../../core/units.ts";
import { wordsOf } from "../../evidence/alerts.ts";
import { atMost } from "../../verdicts/figure.ts";

export const sendsAtMostTwice = atMost<object>("sends-at-most-twice", {
  asks: "sends no message more than twice",
  unit: "times",
  limit: () => 2,
  todo: "send no message more than twice",
  unjudged: "nothing was taken while its webhook was slow",
  cases: (evidence) =>
    evidence.faults("webhook").flatMap(({ armedAt, healedAt }) => {
      const taken = evidence.takenAlerts().filter(({ at }) => at >= armedAt && at < healedAt);
      return [...Map.groupBy(taken, ({ text }) => wordsOf(text)).values()].flatMap((same) => {
        const event = same.at(-1);
        if (event === undefined) return [];
        const { at, text } = event;
        const seen = `"${text.split("\n")[0] ?? ""}" was taken ${count(same.length, "time")}, the last at ${evidence.date(at)}`;
        return [{ event, what: "a message", at, value: same.length, seen, excuse: null }];
      });
    }),
});
