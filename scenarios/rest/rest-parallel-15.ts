/**
 * Report E, 08:34:35: "Timeout after 12s while fetching 15 symbols in parallel". Fifteen symbols at once in every cycle,
 * 200 ms to the exchange, and its real rate limits.
 */

import { seconds } from "../../core/units.ts";
import { cyclesInTime } from "../../harness/checks/polling/cycles-in-time.ts";
import { learnsLimits } from "../../harness/checks/limits/learns-limits.ts";
import { staysUp } from "../../harness/checks/process/stays-up.ts";
import latency from "../../harness/faults/network/latency.ts";
import { scenario } from "../../harness/incident/scenario.ts";

export default scenario({
  id: "rest-parallel-15",
  report: "E",
  title: "Fifteen symbols in parallel, 200 ms away, under real rate limits",
  roles: ["rest-polling"],
  clock: {
    start: "2025-10-29T08:30:00Z",
    end: "2025-10-29T08:35:00Z",
    timezone: "UTC",
  },

  async play({ client, settled, wait, fault }) {
    await fault(latency({ endpoint: "exchange-rest", latencyMs: 100, direction: "both" }), async () => {
      await client.start();
      await settled("exchange-rest");
      await wait(seconds(235));
    });
  },

  expect: [cyclesInTime({ p99: seconds(12) }), learnsLimits(), staysUp()],
  provenBy: { "broken/unthrottled": "learns-limits" },
});
