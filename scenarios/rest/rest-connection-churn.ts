/**
 * Report A, H2: a new session for every request, until the edge refuses rapid connections. Here the edge resets new
 * connections above 5 a second for ten minutes of polling; a client that keeps its connections never notices.
 */

import { minutes } from "../../core/units.ts";
import { connectionsAtOnce } from "../../harness/checks/rest/connections-at-once.ts";
import { noRequestLost } from "../../harness/checks/polling/no-request-lost.ts";
import { reusesConnections } from "../../harness/checks/rest/reuses-connections.ts";
import connectionLimit from "../../harness/faults/server/connection-limit.ts";
import { scenario } from "../../harness/incident/scenario.ts";

export default scenario({
  id: "rest-connection-churn",
  report: "A",
  title: "The edge resets new connections above 5 per second, for ten minutes of polling",
  roles: ["rest-polling"],
  clock: { start: "2025-07-14T09:00:00Z", end: "2025-07-14T09:11:00Z", timezone: "UTC" },
  testbed: { symbols: ["BTCUSDT", "ETHUSDT", "SOLUSDT"], armReset: ["exchange-rest"] },

  async play({ client, settled, wait, fault }) {
    await fault(connectionLimit({ perSecond: 5 }), async () => {
      await client.start();
      await settled("exchange-rest");
      await wait(minutes(10));
    });
  },

  expect: [reusesConnections({ atLeast: 20 }), connectionsAtOnce({ atMost: 30 }), noRequestLost()],
  provenBy: { "broken/session-per-request": "reuses-connections", "broken/force-close": "reuses-connections" },
});
