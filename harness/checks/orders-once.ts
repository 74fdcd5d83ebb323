/**
 * One order for each signal that was traded, none twice, none that no signal asked for: across reconnects, restarts
 * and repeated batches. Judged from what the exchange accepted. That every signal *was* traded is another check.
 */

import { count } from "../../core/units.ts";
import { evidence, type Check } from "../check.ts";
import { waveOrders } from "./lib/wave-orders.ts";

export function ordersOnce(): Check {
  return {
    name: "orders-once",
    asks: "one order per signal, none twice, none without a signal",
    judge(journal, setting) {
      const { waves, stray } = waveOrders(journal, setting);
      const orders = journal.all("exchange.order").length;
      const shape = { target: 0, unit: "orders" };
      if (orders === 0) {
        const message = `Whether ${setting.client} trades each signal once could not be judged: it placed no order. See trades-every-wave.`;
        return { ...shape, verdict: "unknown", measured: null, message, evidence: [] };
      }
      const repeats = waves.flatMap(({ signals }) => signals).flatMap((traded) => traded.orders.slice(1));
      const extra = [...repeats, ...stray].toSorted((a, b) => a.at - b.at);
      const [first] = extra;
      if (first === undefined) {
        const message = `${setting.client} placed ${count(orders, "order")}, each for a signal of its own.`;
        return { ...shape, verdict: "pass", measured: 0, message, evidence: [] };
      }
      const what = `${first.side} ${first.symbol} (${first.orderLinkId === "" ? first.orderId : first.orderLinkId})`;
      const how = stray.includes(first) ? "which no signal asked for" : "whose signal it had traded already";
      return {
        ...shape,
        verdict: "fail",
        measured: extra.length,
        message: `Expected ${setting.client} to place one order per signal; it placed ${count(extra.length, "order")} too many, the first at ${setting.date(first.at)}: ${what}, ${how}. See journal line ${first.seq}.`,
        evidence: extra
          .slice(0, 5)
          .map((order) => evidence(order, `${order.side} ${order.symbol} ${order.orderLinkId}`)),
      };
    },
  };
}
