/**
 * A contract that has stopped trading (110074) is tried now and then, not with every look: orders for it do nothing but use
 * up the account's limits. Judged by orders that were refused so, by REST or on the trade stream.
 */

import { count, minutes } from "../../../core/units.ts";
import { atMost } from "../../verdicts/figure.ts";
import { busiest } from "../../verdicts/rate.ts";

const notLive = 110074;

export const sparesHaltedContracts = atMost<{ mostPerMinute: number }>("spares-halted-contracts", {
  asks: ({ mostPerMinute }) => `sends at most ${count(mostPerMinute, "order")} a minute for a contract that is halted`,
  unit: "orders a minute",
  limit: ({ mostPerMinute }) => mostPerMinute,
  todo: ({ mostPerMinute }) => `send at most ${count(mostPerMinute, "order")} a minute for a contract that is halted`,
  unjudged: "no contract was halted",
  cases: (evidence) =>
    evidence
      .all("exchange.halt")
      .filter(({ state }) => state === "halted")
      .map((event) => {
        const { symbol, at } = event;
        const over = evidence
          .all("exchange.halt")
          .find((other) => other.symbol === symbol && other.state === "trading" && other.seq > event.seq);
        const overAt = Math.min(over?.at ?? evidence.endMs(), evidence.endMs());
        const refused = evidence
          .orderWrites()
          .filter((write) => write.symbol === symbol && write.sentAt >= at && write.sentAt < overAt)
          .filter(({ retCode }) => retCode === notLive);
        const most = busiest(refused, ({ sentAt }) => sentAt, minutes(1));
        const worst = most[0];
        const seen = `it sent ${count(most.length, "order")} for ${symbol} within a minute, ${refused.length} in all while it was halted`;
        return {
          ...{ event: worst?.event ?? event, what: `${symbol} was halted`, at: worst?.sentAt ?? at },
          ...{ value: most.length, chanceMs: overAt - at, seen },
        };
      }),
});
