/**
 * While the market data are dead, no order is placed: the last price that was seen is not the market. It is judged from a
 * grace after the fault landed, in which what was known is still young, to its heal. Judged by the exchange's orders; a
 * client that did not trade before has shown nothing.
 */

import { count, formatDuration } from "../../core/units.ts";
import { evidence, type Check } from "../check.ts";
import { clientEndMs, faultTimes } from "./lib/fault-times.ts";
import { leastExcused, type Excuse } from "./lib/lateness.ts";
import { tradedBy } from "./lib/trading.ts";

export interface NoOrdersWhileBlindOptions {
  /** How long prices may be traded on after they stopped. */
  grace: number;
  endpoint?: string;
}

export function noOrdersWhileBlind({ grace, endpoint = "exchange-public" }: NoOrdersWhileBlindOptions): Check {
  return {
    name: "no-orders-while-blind",
    asks: `places no order from ${formatDuration(grace)} after its market data died until they are back`,
    judge(journal, setting) {
      const shape = { target: 0, unit: "orders" };
      const endMs = clientEndMs(journal);
      const blind = faultTimes(journal)
        .filter((fault) => fault.endpoint === endpoint && tradedBy(journal, fault.landedAt).length > 0)
        .map((fault) => ({ ...fault, fromAt: fault.landedAt + grace, toAt: Math.min(fault.healedAt, endMs) }))
        .filter(({ fromAt, toAt }) => toAt > fromAt);
      const orders = journal.all("exchange.order").flatMap((order) => {
        const fault = blind.find(({ fromAt, toAt }) => order.at >= fromAt && order.at < toAt);
        return fault === undefined ? [] : [{ order, fault }];
      });
      // The order that a late machine explains the least.
      const excuseOf = (blindOrder: BlindOrder): Excuse => excuseFor(blindOrder, grace);
      const first = leastExcused(orders, excuseOf, journal);
      if (first !== undefined) {
        const { order, fault } = first;
        return {
          ...shape,
          verdict: "fail",
          measured: orders.length,
          message: `Expected ${setting.client} to place no order while it had no market data (from ${setting.date(fault.landedAt)} to ${setting.date(fault.toAt)}); it placed ${count(orders.length, "order")}, as one (${order.side} ${order.symbol}) at ${setting.date(order.at)}, ${formatDuration(order.at - fault.landedAt)} after they died. See journal line ${order.seq}.`,
          evidence: [evidence(order, "an order on old prices")],
          excuse: excuseOf(first),
        };
      }
      const blindMs = blind.reduce((sum, { fromAt, toAt }) => sum + toAt - fromAt, 0);
      if (blindMs === 0) {
        const message = `Whether ${setting.client} trades blind could not be judged: it had not traded when its market data died, or they were dead too shortly.`;
        return { ...shape, verdict: "unknown", measured: null, message, evidence: [] };
      }
      const message = `${setting.client} placed no order in ${formatDuration(blindMs)} without market data.`;
      return { ...shape, verdict: "pass", measured: 0, message, evidence: [] };
    },
  };
}

interface BlindOrder {
  order: { at: number };
  fault: { landedAt: number; fromAt: number };
}

/**
 * A decision made in time goes out late from a client that waits for a CPU, but not later by more than the grace once
 * more: who is still trading then is blind, however busy this machine is.
 */
const excuseFor = ({ order, fault }: BlindOrder, graceMs: number): Excuse => {
  const lateMs = order.at - fault.fromAt;
  return { fromAt: fault.landedAt, toAt: order.at, latenessMs: lateMs > graceMs ? Infinity : lateMs };
};
