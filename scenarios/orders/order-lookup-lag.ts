/**
 * Orders execute, their replies are lost, and for three seconds no read of the exchange shows them. One miss proves
 * nothing: who concludes from it that there is no order has a position that nobody watches.
 */

import { minutes, seconds } from "../../core/units.ts";
import { looksUpBeforeResend } from "../../harness/checks/orders/looks-up-before-resend.ts";
import { resolvesUnknownOrders } from "../../harness/checks/orders/resolves-unknown-orders.ts";
import { ordersOnce } from "../../harness/checks/signals/orders-once.ts";
import rest from "../../harness/faults/server/rest.ts";
import { initialBatch } from "../../harness/moments.ts";
import { scenario } from "../../harness/incident/scenario.ts";

const lost = rest({
  match: { path: "/v5/order/create*", method: "POST" },
  action: { do: "lose-reply", by: "reset" },
  times: 2,
});
const lag = rest({ action: { do: "create-lag", ms: seconds(3) } });

export default scenario({
  id: "order-lookup-lag",
  report: "B",
  title: "The replies to orders are lost, and for three seconds no read shows the orders",
  roles: ["signals", "trading"],
  clock: {
    start: "2025-10-22T03:03:00+04:00",
    end: "2025-10-22T03:26:00+04:00",
    timezone: "Asia/Dubai",
  },

  async play({ client, until, at, wait, fault }) {
    await client.start();
    await until(initialBatch);
    await at("2025-10-22T03:12:00+04:00");
    await fault(lost, () => fault(lag, () => wait(minutes(11))));
    await wait(minutes(3));
  },

  expect: [resolvesUnknownOrders({ within: seconds(30) }), looksUpBeforeResend(), ordersOnce()],
  provenBy: { "broken/absent-means-failed": "resolves-unknown-orders" },
});
