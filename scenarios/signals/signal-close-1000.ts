/** Report B in short: the close with 1000 that the client took for good news. */

import { ordersOnce } from "../../harness/checks/signals/orders-once.ts";
import { reconnects } from "../../harness/checks/connections/reconnects.ts";
import { tradesEveryWave } from "../../harness/checks/signals/trades-every-wave.ts";
import { minutes, seconds } from "../../core/units.ts";
import closeOnRequest from "../../harness/faults/server/signal-close-on-request.ts";
import { initialBatch, nextWaveTraded } from "../../harness/moments.ts";
import { scenario } from "../../harness/incident/scenario.ts";

export default scenario({
  id: "signal-close-1000",
  report: "B",
  title: "Signal server closes with 1000 on every request",
  roles: ["signals", "trading"],
  clock: {
    start: "2025-10-22T03:04:45+04:00",
    end: "2025-10-22T03:50:00+04:00",
    timezone: "Asia/Dubai",
  },

  async play({ client, until, wait, fault }) {
    await client.start();
    await until(initialBatch);
    await fault(closeOnRequest({ code: 1000 }), () => wait(minutes(6)));
    // The next wave check, usually that of 03:20, comes after the heal. A broken client gets until the one after it.
    await until(nextWaveTraded, { orAfter: minutes(31) });
    // Time enough for a client that orders twice to do so.
    await wait(minutes(2));
  },

  expect: [reconnects({ within: seconds(30) }), tradesEveryWave({ missedPerFault: 1 }), ordersOnce()],
  provenBy: {
    "broken/ignores-normal-closure": "reconnects",
    "broken/local-date-waves": "trades-every-wave",
    "broken/repeats-orders": "orders-once",
  },
});
