/**
 * Orders execute and their replies do not arrive: the connection is reset, closed, the gateway answers 504 in the
 * exchange's stead, or nothing comes at all. Who sends again without asking has two positions; who takes it for failed
 * has one that nobody watches.
 */

import { minutes, seconds } from "../../core/units.ts";
import { looksUpBeforeResend } from "../../harness/checks/orders/looks-up-before-resend.ts";
import { resolvesUnknownOrders } from "../../harness/checks/orders/resolves-unknown-orders.ts";
import { ordersOnce } from "../../harness/checks/signals/orders-once.ts";
import rest from "../../harness/faults/server/rest.ts";
import { initialBatch } from "../../harness/moments.ts";
import { scenario } from "../../harness/incident/scenario.ts";

const placing = { path: "/v5/order/create*", method: "POST" } as const;
const reset = rest({ match: placing, action: { do: "lose-reply", by: "reset" }, times: 1 });
const closed = rest({ match: placing, action: { do: "lose-reply", by: "close" }, times: 1 });
const silent = rest({ match: placing, action: { do: "lose-reply", by: "hang" }, times: 1 });
const badGateway = rest({ match: placing, action: { do: "status", code: 504, executeFirst: true }, times: 1 });

export default scenario({
  id: "order-reply-lost",
  report: "B",
  title: "Orders execute and their replies are lost: reset, closed, 504, never answered",
  roles: ["signals", "trading"],
  clock: {
    start: "2025-10-22T03:03:00+04:00",
    end: "2025-10-22T03:26:00+04:00",
    timezone: "Asia/Dubai",
  },
  // Enough orders in a wave for each fault to meet one.
  testbed: { waves: { "2025-10-21T23:00:00.000Z": { signals: 7, foreign: 1 } } },

  async play({ client, until, at, wait, fault }) {
    await client.start();
    await until(initialBatch);
    // The wave of 03:05 is traded as ever; the signals of the next begin to appear at 03:15.
    await at("2025-10-22T03:12:00+04:00");
    await fault(reset, () => fault(closed, () => fault(badGateway, () => fault(silent, () => wait(minutes(11))))));
    await wait(minutes(3));
  },

  expect: [resolvesUnknownOrders({ within: seconds(30) }), looksUpBeforeResend(), ordersOnce()],
  provenBy: {
    "broken/blind-retry": "looks-up-before-resend",
    "broken/retry-under-new-id": "orders-once",
    "broken/timeout-means-failed": "resolves-unknown-orders",
  },
});
