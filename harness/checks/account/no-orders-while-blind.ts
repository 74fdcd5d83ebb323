/**
 * While the market data are dead, no order is placed: the last price that was seen is not the market. It is judged from a
 * grace after the fault landed, in which what was known is still young, to its heal. Judged by the exchange's orders; a
 * client that does not trade of itself has shown nothing.
 */

import { formatDuration } from "../../../core/units.ts";
import type { Evidence } from "../../evidence/evidence.ts";
import { tradingRhythms } from "../../evidence/orders/orders.ts";
import type { EndpointOption } from "../../incident/check.ts";
import { tradesOfItself } from "../../verdicts/needs.ts";
import { never } from "../../verdicts/never.ts";

export interface NoOrdersWhileBlindOptions extends EndpointOption {
  /** How long prices may be traded on after they stopped. */
  grace: number;
}

export const noOrdersWhileBlind = never<NoOrdersWhileBlindOptions>("no-orders-while-blind", {
  asks: ({ grace }) => `places no order from ${formatDuration(grace)} after its market data died until they are back`,
  needs: tradesOfItself,
  unit: "orders",
  todo: "place no order while it has no market data",
  unjudged: "its market data were dead for too short a time, or it did not trade then",
  violations: (evidence, options) =>
    evidence.all("exchange.order").flatMap((event) => {
      const { at, side, symbol } = event;
      const blind = blindSpans(evidence, options).find(({ fromAt, toAt }) => at >= fromAt && at < toAt);
      if (blind === undefined) return [];
      const lateMs = at - blind.fromAt;
      // A decision made in time goes out late from a client that waits for a CPU, but not later by more than the grace
      // once more: who is still trading then is blind, however busy this machine is.
      const latenessMs = lateMs > options.grace ? Infinity : lateMs;
      const what = `placed an order (${side} ${symbol}) ${formatDuration(at - blind.landedAt)} after they died,`;
      return [{ event, at, what, excuse: { fromAt: blind.landedAt, toAt: at, latenessMs } }];
    }),
  looked(evidence, options) {
    const blindMs = blindSpans(evidence, options).reduce((sum, { fromAt, toAt }) => sum + toAt - fromAt, 0);
    return blindMs === 0 ? undefined : `in ${formatDuration(blindMs)} without them`;
  },
});

const blindSpans = (evidence: Evidence, { grace, endpoint = "exchange-public" }: NoOrdersWhileBlindOptions) =>
  evidence
    .faults(endpoint)
    .filter(({ landedAt }) => tradingRhythms(evidence.journal, landedAt).size > 0)
    .map((fault) => ({ ...fault, fromAt: fault.landedAt + grace, toAt: Math.min(fault.healedAt, evidence.endMs()) }))
    .filter(({ fromAt, toAt }) => toAt > fromAt);
