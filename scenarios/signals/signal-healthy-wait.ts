/**
 * Report B, H1b: 722 s between the initial batch and the first wave, and the feed is well. A health check that counts "no
 * signals processed yet" would cut it at 02:58; one that takes no wave whose time is past would never trade.
 */

import { sendsNoAlert } from "../../harness/checks/alerts/sends-no-alert.ts";
import { leavesFeedAlone } from "../../harness/checks/signals/leaves-feed-alone.ts";
import { ordersOnce } from "../../harness/checks/signals/orders-once.ts";
import { tradesEveryWave } from "../../harness/checks/signals/trades-every-wave.ts";
import { scenario } from "../../harness/incident/scenario.ts";
import { initialBatch } from "../../harness/moments.ts";

export default scenario({
  id: "signal-healthy-wait",
  report: "B",
  title: "722 s between the initial batch and the first wave, and nothing is wrong",
  roles: ["signals", "trading", "alerts"],
  requires: ["signals"],
  clock: {
    start: "2025-10-22T02:52:56+04:00",
    end: "2025-10-22T03:26:00+04:00",
    timezone: "Asia/Dubai",
  },
  testbed: { bufferSize: 291 },

  async play({ client, until, at }) {
    await client.start();
    await until(initialBatch);
    await at("2025-10-22T03:26:00+04:00");
  },

  expect: [leavesFeedAlone(), sendsNoAlert(), tradesEveryWave({ missedPerFault: 0 }), ordersOnce()],
  provenBy: {
    "broken/health-counts-waiting": "leaves-feed-alone",
    "broken/rejects-past-waves": "trades-every-wave",
  },
});
