/**
 * Report A, F1 and F4: 5 s of latency under bursts of two hundred requests. Whoever opens a connection for each makes
 * it worse; a pool of 30 lets them queue, says that it is full, and is through soon after.
 */

import { minutes, seconds } from "../../core/units.ts";
import { catchesUp } from "../../harness/checks/polling/catches-up.ts";
import { connectionsAtOnce } from "../../harness/checks/rest/connections-at-once.ts";
import { poolHealth } from "../../harness/checks/rest/pool-health.ts";
import rest from "../../harness/faults/server/rest.ts";
import { scenario } from "../../harness/incident/scenario.ts";
import { defaultSymbols } from "../../harness/testbed/testbed.ts";

export default scenario({
  id: "rest-pool-exhaustion",
  report: "A",
  title: "Five seconds of latency under bursts of 200 requests",
  roles: ["rest-polling"],
  clock: { start: "2025-07-14T13:00:00Z", end: "2025-07-14T13:03:10Z", timezone: "UTC" },
  // Polled all at once every minute, by a bot that polls ticker, book, trades, open interest, fee and four timeframes.
  testbed: { symbols: [...defaultSymbols, "TRXUSDT", "ATOMUSDT", "FILUSDT", "INJUSDT", "SUIUSDT"] },

  async play({ client, settled, wait, fault }) {
    await client.start();
    await settled("exchange-rest");
    await wait(seconds(15));
    await fault(rest({ match: { path: "/v5/*" }, action: { do: "delay", ms: 5_000 } }), () => wait(minutes(1)));
    await wait(seconds(50));
  },

  expect: [
    connectionsAtOnce({ atMost: 30 }),
    poolHealth({ limit: 30, above: 0.8 }),
    catchesUp({ within: seconds(30) }),
  ],
  provenBy: { "broken/unbounded-pool": "connections-at-once" },
});
