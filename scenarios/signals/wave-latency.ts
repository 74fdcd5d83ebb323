/**
 * How fast a wave is traded: in a healthy hour, and in one in which each answer of the exchange takes 300 ms longer. The
 * report's own good run is the limit: processed in 4.43 s.
 */

import { minutes, seconds } from "../../core/units.ts";
import { completesWaves } from "../../harness/checks/signals/completes-waves.ts";
import { ordersOnce } from "../../harness/checks/signals/orders-once.ts";
import { processesWaves } from "../../harness/checks/signals/processes-waves.ts";
import { signalToOrder } from "../../harness/checks/signals/signal-to-order.ts";
import { tradesEveryWave } from "../../harness/checks/signals/trades-every-wave.ts";
import latency from "../../harness/faults/network/latency.ts";
import { scenario, trial } from "../../harness/incident/scenario.ts";

const slow = latency({ endpoint: "exchange-rest", latencyMs: 300, direction: "downstream" });

export default scenario({
  id: "wave-latency",
  report: "B",
  title: "From signal to order: a healthy hour, and one with 300 ms more to the exchange",
  roles: ["signals", "trading"],
  clock: {
    start: "2025-10-22T03:03:00+04:00",
    end: "2025-10-22T05:20:00+04:00",
    timezone: "Asia/Dubai",
  },
  testbed: { marketStepMs: 1_000 },

  trials: [
    trial("healthy", async ({ settled, wait }) => {
      await settled("signal");
      await wait(minutes(60));
    }),
    trial("latency-300-ms", async ({ settled, wait, fault }) => {
      await settled("signal");
      await fault(slow, () => wait(minutes(60)));
    }),
  ],

  expect: [
    processesWaves({ within: 4_430 }),
    completesWaves({ within: seconds(8) }),
    signalToOrder({ p99: seconds(1) }),
    tradesEveryWave({ missedPerFault: 0 }),
    ordersOnce(),
  ],
  provenBy: { "broken/serial-orders": { trial: "latency-300-ms", check: "signal-to-order" } },
});
