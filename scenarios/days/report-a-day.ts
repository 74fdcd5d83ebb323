/**
 * Report A in short: an hour of what its bot met every day. The edge resets rapid connections all the time; in each
 * quarter connections are reset in mid-flight, tickers take 6 s on a congested network, and the gateway refuses for half
 * a minute. `firedrill compare` of the bot as it was and the reference is the report's own target: 80 % fewer resets and
 * 60 % fewer timeouts.
 */

import { minutes, seconds } from "../../core/units.ts";
import { connectionsAtOnce } from "../../harness/checks/rest/connections-at-once.ts";
import { notAbandonedEarly } from "../../harness/checks/rest/not-abandoned-early.ts";
import { reusesConnections } from "../../harness/checks/rest/reuses-connections.ts";
import { valuesOnTime } from "../../harness/checks/polling/values-on-time.ts";
import connectionLimit from "../../harness/faults/server/connection-limit.ts";
import rest from "../../harness/faults/server/rest.ts";
import { scenario } from "../../harness/incident/scenario.ts";

const tickers = "/v5/market/tickers";

const cutInMidRequest = rest({ action: { do: "reset-mid-request" }, times: 5 });
const cutInMidReply = rest({ action: { do: "reset-mid-reply" }, times: 5 });
const congestion = rest({ match: { path: tickers }, action: { do: "delay", ms: 6_000 } });
const refusals = rest({ action: { do: "status", code: 503 } });

export default scenario({
  id: "report-a-day",
  report: "A",
  title: "An hour of report A's mix: resets of rapid connections, congestion, refusals",
  roles: ["rest-polling"],
  clock: { start: "2025-07-14T15:00:00Z", end: "2025-07-14T16:01:30Z", timezone: "UTC" },
  testbed: { symbols: ["BTCUSDT", "ETHUSDT"], armReset: ["exchange-rest"] },

  async play({ client, settled, wait, fault }) {
    await fault(connectionLimit({ perSecond: 5 }), async () => {
      await client.start();
      await settled("exchange-rest");
      for (let quarter = 1; quarter <= 4; quarter += 1) {
        await wait(minutes(5));
        await fault(cutInMidRequest, () => wait(minutes(1)));
        await fault(cutInMidReply, () => wait(minutes(1)));
        await fault(congestion, () => wait(minutes(4)), { ifMet: true });
        await wait(minutes(2));
        await fault(refusals, () => wait(seconds(30)));
        await wait(seconds(90));
      }
    });
  },

  // Coarse where x120 is coarse: the scenarios of each kind are exact.
  expect: [
    reusesConnections({ atLeast: 5 }),
    connectionsAtOnce({ atMost: 30 }),
    notAbandonedEarly({ path: tickers, before: seconds(10) }),
    valuesOnTime({ within: minutes(1) }),
  ],
  provenBy: { "broken/report-a-client": "reuses-connections" },
});
