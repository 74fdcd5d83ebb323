/**
 * The exchange is down for ten minutes, REST with 503 and the streams too, and a wave arrives meanwhile. When it is back
 * prices are others: an order of before is not sent any more, it was missed. The next wave is traded as ever.
 */

import { seconds } from "../../core/units.ts";
import { looksUpBeforeResend } from "../../harness/checks/orders/looks-up-before-resend.ts";
import { noStaleOrders } from "../../harness/checks/orders/no-stale-orders.ts";
import { ordersOnce } from "../../harness/checks/signals/orders-once.ts";
import { tradesEveryWave } from "../../harness/checks/signals/trades-every-wave.ts";
import rest from "../../harness/faults/server/rest.ts";
import { initialBatch } from "../../harness/moments.ts";
import { scenario } from "../../harness/incident/scenario.ts";

const maintenance = rest({ action: { do: "status", code: 503 } });

export default scenario({
  id: "order-maintenance",
  report: "B",
  title: "The exchange answers 503 for ten minutes while a wave arrives",
  roles: ["signals", "trading"],
  clock: {
    start: "2025-10-22T03:03:00+04:00",
    end: "2025-10-22T03:41:00+04:00",
    timezone: "Asia/Dubai",
  },

  async play({ client, until, at, fault }) {
    await client.start();
    await until(initialBatch);
    // Signals of the wave of 03:20 appear from 03:15 to 03:19; it is down for all of them, and up again before the next.
    await at("2025-10-22T03:14:30+04:00");
    await fault(maintenance, () => at("2025-10-22T03:27:00+04:00"));
    await at("2025-10-22T03:40:00+04:00");
  },

  expect: [
    noStaleOrders({ validMs: seconds(60) }),
    tradesEveryWave({ missedPerFault: 1 }),
    looksUpBeforeResend(),
    ordersOnce(),
  ],
  provenBy: { "broken/replays-stale-orders": "no-stale-orders" },
});
