/**
 * A client that trades on market data goes on doing so: every symbol that it had traded once a fault is over, or the one
 * symbol of which a message was no use, because the messages after it are acted on: it still trades it at the end, and has
 * not placed a last order on what it knew before. To the limit comes its own rhythm, as it was before. Judged by the exchange's orders; one that does not trade of itself has nothing to go on with.
 */

import { formatDuration } from "../../../core/units.ts";
import type { Evidence } from "../../evidence/evidence.ts";
import { nextOrder, symbolOfTopic, tradingRhythms } from "../../evidence/orders/orders.ts";
import type { EndpointOption } from "../../incident/check.ts";
import { tradesOfItself } from "../../verdicts/needs.ts";
import { within, type Occasion } from "../../verdicts/within.ts";

export interface TradesAgainOptions extends EndpointOption {
  within: number;
  /** Default: a fault that is over. */
  after?: "a fault" | "a spoilt message";
}

export const tradesAgain = within<TradesAgainOptions, Occasion & { symbol: string }>("trades-again", {
  asks: ({ within, after = "a fault" }) =>
    `trades every symbol again within ${formatDuration(within)} of ${after === "a fault" ? "the end of a fault" : after}`,
  needs: tradesOfItself,
  todo: ({ symbol }) => `trade ${symbol} again`,
  unjudged: ({ after = "a fault" }) => `it had not traded a symbol before ${after} met it`,
  occasions: (evidence, { within, after, endpoint = "exchange-public" }) =>
    (after === "a spoilt message" ? spoilt(evidence, endpoint, within) : overAt(evidence, endpoint)).map((one) => {
      return { ...one, most: within + one.rhythmMs, until: nextOrder(evidence.journal, one.symbol, one.at)?.at };
    }),
});

const overAt = (evidence: Evidence, endpoint: string) =>
  evidence.faults(endpoint).flatMap(({ proven: event, what, landedAt, healedAt: at }) =>
    [...tradingRhythms(evidence.journal, landedAt)].map(([symbol, rhythmMs]) => {
      return { symbol, rhythmMs, event, what: `${what} was over`, at };
    }),
  );

const spoilt = (evidence: Evidence, endpoint: string, within: number) => {
  const hits = evidence.frameHits(endpoint);
  const rhythms = tradingRhythms(evidence.journal, hits[0]?.at ?? 0);
  return hits.flatMap(({ event, topic, action, at }) => {
    const symbol = symbolOfTopic(topic);
    const rhythmMs = rhythms.get(symbol);
    if (rhythmMs === undefined) return [];
    const met = { symbol, rhythmMs, event, what: `${topic} met ${action}`, at };
    const last = evidence.all("exchange.order").findLast((order) => order.symbol === symbol && order.at > at);
    const leftOff = last !== undefined && evidence.endMs() - last.at > within + rhythmMs;
    return [leftOff ? { ...met, event: last, what: `its last order since ${met.what}`, at: last.at } : met];
  });
};
