/**
 * One order for each signal that was traded, none twice, none that no signal asked for: across reconnects, restarts
 * and repeated batches. Judged from what the exchange accepted. That every signal *was* traded is another check. Where there are no signals it is not known what the client
 * wanted, so nobody is asked.
 */

import { count } from "../../../core/units.ts";
import { nameOfOrder } from "../../evidence/orders/orders.ts";
import { never } from "../../verdicts/never.ts";

export const ordersOnce = never<object>("orders-once", {
  asks: "places one order per signal, none twice, none without a signal",
  unit: "orders",
  todo: "place one order per signal",
  needs: (evidence) =>
    evidence.all("signal.appeared").length > 0
      ? undefined
      : { verdict: "not-applicable", why: "there were no signals, so it is not known which orders it wanted" },
  unjudged: "it placed no order",
  violations(evidence) {
    const { waves, stray } = evidence.waves();
    const repeats = waves.flatMap(({ signals }) => signals).flatMap((traded) => traded.orders.slice(1));
    return [...repeats, ...stray]
      .toSorted((a, b) => a.at - b.at)
      .map((event) => {
        const { side, symbol, at } = event;
        const how = stray.includes(event) ? "which no signal asked for" : "whose signal it had traded already";
        const what = `placed ${side} ${symbol} (${nameOfOrder(event)}), ${how},`;
        return { event, what, at };
      });
  },
  looked(evidence) {
    const orders = evidence.all("exchange.order").length;
    return orders === 0 ? undefined : `it placed ${count(orders, "order")}`;
  },
});
