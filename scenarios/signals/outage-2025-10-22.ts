/**
 * The P0 of report B with its own times (local, UTC+4): three hours without a trade, because a close with 1000 left the
 * client authenticated to nobody. The bot is started a little earlier than the log begins: it had been running.
 */

import { seconds } from "../../core/units.ts";
import { ordersOnce } from "../../harness/checks/signals/orders-once.ts";
import { reconnects } from "../../harness/checks/connections/reconnects.ts";
import { tradesEveryWave } from "../../harness/checks/signals/trades-every-wave.ts";
import closeOnRequest from "../../harness/faults/server/signal-close-on-request.ts";
import { initialBatch } from "../../harness/moments.ts";
import { scenario } from "../../harness/incident/scenario.ts";

export default scenario({
  id: "outage-2025-10-22",
  report: "B",
  title: "The night of 22 October: stop, restart, closed with 1000, three hours without a trade",
  roles: ["signals", "trading", "alerts"],
  clock: {
    start: "2025-10-22T01:58:00+04:00",
    end: "2025-10-22T05:10:00+04:00",
    timezone: "Asia/Dubai",
  },
  testbed: {
    bufferSize: 291,
    marketStepMs: seconds(5),
    // "6 successful, 0 failed, 1 skipped"
    waves: { "2025-10-21T21:45:00.000Z": { signals: 7, foreign: 1 } },
  },

  original: [
    { at: "2025-10-22T02:04:59+04:00", what: "the wave of 21:45 UTC processed: 6 successful, 1 skipped" },
    { at: "2025-10-22T02:06:07+04:00", what: "stopped by SIGINT" },
    { at: "2025-10-22T02:52:56+04:00", what: "restarted" },
    { at: "2025-10-22T02:52:58+04:00", what: "connected; 291 signals received" },
    { at: "2025-10-22T03:05:00+04:00", what: "Failed to request signals: received 1000 (OK); then sent 1000 (OK)" },
    { at: "2025-10-22T05:10:00+04:00", what: "still the same error every 2 s, nine waves later" },
  ],

  async play({ client, at, until, fault }) {
    await client.start();
    await until(initialBatch);
    await at("2025-10-22T02:06:07+04:00");
    await client.stop("SIGINT");

    await at("2025-10-22T02:52:56+04:00");
    await client.start();
    await until(initialBatch);

    // 03:05:00, first wave check after the restart: "received 1000 (OK); then sent 1000 (OK)".
    await at("2025-10-22T03:04:30+04:00");
    await fault(closeOnRequest({ code: 1000, request: "get_signals" }), () => at("2025-10-22T03:19:00+04:00"));
    await at("2025-10-22T05:10:00+04:00");
  },

  expect: [reconnects({ within: seconds(30) }), tradesEveryWave({ missedPerFault: 1 }), ordersOnce()],
  provenBy: {
    "broken/ignores-normal-closure": "trades-every-wave",
    "broken/local-date-waves": "trades-every-wave",
  },
});
